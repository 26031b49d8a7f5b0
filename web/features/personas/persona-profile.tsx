import { Badge, Button, Group, Text } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Pencil } from 'lucide-react'
import { lazy, type ReactNode, Suspense } from 'react'
import { persona$ } from '#schema/personas/queries.ts'
import type { Persona } from '#schema/personas/state.ts'
import { summaryCounts$ } from '#schema/stores/summary.ts'
import { directoryEntry$ } from '#schema/workspace/queries.ts'
import { useIsPast, usePersonaId, usePersonaStore, useWorkspaceStore } from '#web/livestore/store-views.tsx'
import { useMayWrite } from '#web/livestore/use-right.ts'
import { EmptyState } from '#web/ui/empty-state.tsx'
import { HueAvatar } from '#web/ui/hue-avatar.tsx'
import { Split } from '#web/ui/split.tsx'
import { RelativeTime } from '#web/ui/times.tsx'
import { useKeys } from '#web/ui/use-keys.ts'
import { EditPersona } from './edit-persona.tsx'
import { PersonaMenu } from './persona-menu.tsx'
import classes from './persona-profile.module.css'
import { ShareButton } from './share-button.tsx'
import { SharedMark } from './shared-mark.tsx'
import { traitEnds, traitNames } from './traits.ts'

const PrivacySettings = lazy(() => import('./privacy-settings.tsx').then((m) => ({ default: m.PrivacySettings })))

interface PersonaProfileProps {
  /** A chart of its days. */
  readonly activity: ReactNode
  /** Who answers for it. */
  readonly models: ReactNode
  /** How its memories age. */
  readonly memories: ReactNode
  /** What a new device reads of it. */
  readonly opening: ReactNode
  /** What of it is no more. */
  readonly erasures: ReactNode
}

/** Who the persona is and what came of it. */
export const PersonaProfile = ({ activity, models, memories, opening, erasures }: PersonaProfileProps) => {
  const personaId = usePersonaId()
  const persona = usePersonaStore().useQuery(persona$)
  const entry = useWorkspaceStore().useQuery(directoryEntry$(personaId))
  const mayWrite = useMayWrite()
  const isPast = useIsPast()
  const navigate = useNavigate()
  const { edit } = useSearch({ strict: false }) as { readonly edit?: string } // every value is a text or absent
  const setEdit = (open: boolean) =>
    void navigate({ to: '/p/$personaId', params: { personaId }, search: open ? { edit: 'yes' } : {}, replace: true })
  useKeys({
    e: (event) => {
      if (!mayWrite) return
      event.preventDefault()
      setEdit(true)
    },
    Escape: () => setEdit(false),
  })
  if (persona === null)
    return (
      <EmptyState
        title="This persona is still arriving"
        text="It is listed, but its log is not on this device yet. It comes as soon as the server can be reached."
      />
    )
  const profile = (
    <div className={classes.page}>
      <div className={classes.head}>
        <HueAvatar name={persona.name} hue={persona.hue} src={persona.avatar} size={72} />
        <div className={classes.who}>
          <Group gap="sm">
            <h2 className={classes.name}>{persona.name}</h2>
            {entry !== null && <SharedMark persona={entry} />}
            {persona.archivedAt !== null && (
              <Badge variant="default" tt="none" fw={400}>
                Archived
              </Badge>
            )}
          </Group>
          <Text size="sm" c="dimmed">
            {persona.tone === '' ? 'No tone set' : persona.tone} · here since <RelativeTime at={persona.createdAt} />
          </Text>
        </div>
        {entry !== null && !isPast && <ShareButton persona={entry} />}
        {mayWrite && (
          <Button variant="default" leftSection={<Pencil size={16} aria-hidden />} onClick={() => setEdit(true)}>
            Edit
          </Button>
        )}
        {entry !== null && !isPast && <PersonaMenu persona={entry} />}
      </div>
      <Counts />
      {activity}
      <div className={classes.columns}>
        <Words title="Personality" text={persona.personality} />
        <Words title="System prompt" text={persona.systemPrompt} />
        <Traits persona={persona} />
      </div>
      {models}
      {memories}
      <Suspense fallback={null}>
        <PrivacySettings />
      </Suspense>
      {opening}
      {erasures}
    </div>
  )
  return (
    <Split
      list={profile}
      detail={
        edit === undefined || !mayWrite ? null : (
          <div className={classes.edit}>
            <EditPersona onDone={() => setEdit(false)} />
          </div>
        )
      }
      detailLabel={`Edit ${persona.name}`}
      detailWidth={480}
    />
  )
}

const Counts = () => {
  const { memories, conversations, messages, lastActivityAt } = usePersonaStore().useQuery(summaryCounts$)
  return (
    <dl className={classes.counts}>
      <Count label="Memories" value={memories.toLocaleString()} />
      <Count label="Chats" value={conversations.toLocaleString()} />
      <Count label="Messages" value={messages.toLocaleString()} />
      <Count label="Last active" value={lastActivityAt === null ? 'Never' : <RelativeTime at={lastActivityAt} />} />
    </dl>
  )
}

const Count = ({ label, value }: { readonly label: string; readonly value: ReactNode }) => (
  <div className={classes.count}>
    <dt>{label}</dt>
    <dd>{value}</dd>
  </div>
)

const Words = ({ title, text }: { readonly title: string; readonly text: string }) => (
  <section className={classes.words}>
    <h3 className={classes.title}>{title}</h3>
    <Text size="md" lh="24px" c={text === '' ? 'dimmed' : 'bright'} className={classes.text}>
      {text === '' ? 'Nothing written yet.' : text}
    </Text>
  </section>
)

const Traits = ({ persona }: { readonly persona: Persona }) => (
  <section>
    <h3 className={classes.title}>Traits</h3>
    <dl className={classes.traits}>
      {traitNames.map((name) => (
        <Trait key={name} label={traitEnds[name].label} value={persona.traits[name]} />
      ))}
      {persona.customTraits.map(({ name, value }) => (
        <Trait key={`own ${name}`} label={name} value={value} />
      ))}
    </dl>
  </section>
)

const Trait = ({ label, value }: { readonly label: string; readonly value: number }) => (
  <div className={classes.trait}>
    <dt>{label}</dt>
    <dd>
      <span className={classes.bar} aria-hidden>
        <span style={{ width: `${Math.min(100, Math.max(0, value))}%` }} />
      </span>
      <span className={classes.number}>{value}</span>
    </dd>
  </div>
)
