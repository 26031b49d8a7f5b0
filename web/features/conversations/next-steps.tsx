import { Button, Group } from '@mantine/core'
import type { Answer } from '#schema/conversations/events.ts'
import { conversationById$, type MessageRow, messageById$ } from '#schema/conversations/queries.ts'
import { builtInModel } from '#schema/tasks/routing.ts'
import { usePersonaStore } from '#web/livestore/store-views.tsx'
import { answerFromMemory, askFor } from './message-acts.ts'
import { OtherModel } from './other-model.tsx'

/** What one may do about an answer that is not whole. */
export const NextSteps = ({ row, answer }: { readonly row: MessageRow; readonly answer: Answer }) => {
  const store = usePersonaStore()
  const question = row.parentMessageId === null ? null : store.query(messageById$(row.parentMessageId))
  const wanted = () => store.query(conversationById$(row.conversationId))?.settings.model ?? ''
  if (question === null) return null
  return (
    <Group gap="xs" mt={8}>
      {answer.model !== builtInModel && (
        <Button size="compact-xs" variant="default" onClick={() => askFor(store, row, wanted(), 'continue')}>
          Continue
        </Button>
      )}
      <Button size="compact-xs" variant="default" onClick={() => askFor(store, question, wanted())}>
        Try again
      </Button>
      <OtherModel onChoose={(model) => askFor(store, question, model)} />
      {answer.model !== builtInModel && (
        <Button size="compact-xs" variant="default" onClick={() => answerFromMemory(store, question)}>
          Answer from memory
        </Button>
      )}
    </Group>
  )
}
