import { Stack, Text } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { Suspense, useState } from 'react'
import { persona$ } from '#schema/personas/queries.ts'
import { useIsPast, usePersonaId, usePersonaStore } from '#web/livestore/store-views.tsx'
import { useMayWrite } from '#web/livestore/use-right.ts'
import { HueAvatar } from '#web/ui/hue-avatar.tsx'
import { lazyExtra } from '#web/ui/lazy-part.ts'
import { Composer } from './composer.tsx'
import classes from './conversations.module.css'
import { startWith } from './message-acts.ts'

const ModelPicker = lazyExtra(() => import('./model-picker.tsx').then((m) => m.ModelPicker))

/** Nothing is there until something is said. */
export const NewConversation = ({ autoFocus }: { readonly autoFocus: boolean }) => {
  const store = usePersonaStore()
  const personaId = usePersonaId()
  const persona = store.useQuery(persona$)
  const navigate = useNavigate()
  const mayWrite = useMayWrite()
  const isPast = useIsPast()
  const name = persona?.name ?? 'the persona'
  const [model, setModel] = useState('')
  return (
    <div className={classes.view}>
      <Stack className={classes.greeting ?? ''} align="center" justify="center" gap="sm">
        {persona !== null && <HueAvatar name={name} hue={persona.hue} src={persona.avatar} size={56} />}
        <Text size="lg" fw={600}>
          {mayWrite ? `Talk with ${name}` : isPast ? `${name} as it was` : `You can read ${name}`}
        </Text>
        <Text size="sm" c="dimmed" maw={400} ta="center">
          {mayWrite
            ? `Without a model, ${name} answers by quoting what is remembered: memories and earlier conversations.`
            : isPast
              ? 'Choose a chat to read what stood in it then.'
              : 'Choose a chat to read it. Its owner can let you write.'}
        </Text>
        {mayWrite && (
          <Suspense fallback={null}>
            <ModelPicker value={model} onChoose={setModel} />
          </Suspense>
        )}
      </Stack>
      {mayWrite && (
        <Composer
          place={`${personaId}.new`}
          label={`Message ${name}`}
          autoFocus={autoFocus}
          onSend={(parts, files) => {
            const started = startWith(store, personaId, parts, model, files)
            if (started instanceof Error) return started
            void navigate({
              to: '/p/$personaId/chats/$conversationId',
              params: { personaId, conversationId: started },
              replace: true,
            })
            return undefined
          }}
        />
      )}
    </div>
  )
}
