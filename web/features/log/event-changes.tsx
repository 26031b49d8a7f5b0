import { Button, Group, Progress, Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import { type ColumnDiff, diffByThing, type ThingDiff } from '#schema/stores/state-diff.ts'
import type { ThingKind } from '#schema/stores/things.ts'
import { usePersonaId } from '#web/livestore/store-views.tsx'
import { personaStoreId } from '#web/livestore/stores.ts'
import type { ReplayProgress } from '#web/services/history/history-protocol.ts'
import { sharedHistory } from '#web/services/history/shared-history.ts'
import { useLate } from '#web/ui/use-late.ts'
import type { Clock } from './clock.ts'
import classes from './event-detail.module.css'
import { type NamedThing, ThingLink } from './thing-link.tsx'

interface EventChangesProps {
  readonly number: number
  /** The number of the event before it. */
  readonly before: number
  /** How many events would be replayed for this. */
  readonly count: number
  readonly isKnown: boolean
  readonly clock: Clock
}

/** What one event made of the state: thing by thing, column by column. */
export const EventChanges = ({ count, isKnown, ...range }: EventChangesProps) => {
  const [isWanted, setWanted] = useState(count <= quickly)
  if (!isKnown) return <Note>Nothing: this version does not know what it means.</Note>
  if (isWanted) return <Changes {...range} onStop={() => setWanted(false)} />
  return (
    <Group gap="sm">
      <Note>All {count.toLocaleString()} events are replayed for this, once.</Note>
      <Button size="compact-sm" variant="default" onClick={() => setWanted(true)}>
        Replay
      </Button>
    </Group>
  )
}

/** Events that are replayed in about a second, without asking. */
const quickly = 5000
/** Rows of each table, and things, that are shown. */
const mostRows = 50

interface ChangesProps {
  readonly clock: Clock
  readonly number: number
  readonly before: number
  readonly onStop: () => void
}

const Changes = ({ number, before, clock, onStop }: ChangesProps) => {
  const { changes, progress, problem } = useChanges(before, number)
  if (problem !== undefined) return <Note>{problem.message}</Note>
  if (changes === undefined) return <Replaying progress={progress} onStop={onStop} />
  const { things, more } = changes
  if (things.length === 0) return <Note>Nothing that is shown anywhere.</Note>
  return (
    <>
      <ul className={classes.things}>
        {things.map((thing) => (
          <li key={`${thing.kind} ${thing.id}`}>
            <Group gap={6} wrap="nowrap">
              <span className={classes.mark} data-change={thing.change}>
                {marks[thing.change]}
              </span>
              <Text size="sm" fw={600}>
                {kinds[thing.kind]} {thing.change}
              </Text>
              <span style={{ flex: 1 }} />
              <OpenThing thing={thing} />
            </Group>
            <dl className={classes.columns}>
              {thing.rows
                .flatMap(({ columns }) => columns)
                .filter(isWorthSaying)
                .slice(0, 24)
                .map((column, place) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: several rows of a thing may have the same column
                  <ColumnChange key={place} clock={clock} {...column} />
                ))}
            </dl>
          </li>
        ))}
      </ul>
      {more > 0 && <Note>… and {more.toLocaleString()} rows more.</Note>}
    </>
  )
}

const ColumnChange = ({ column, before, after, clock }: ColumnDiff & { readonly clock: Clock }) => {
  const say = (value: unknown) =>
    column.endsWith('At') && typeof value === 'number' ? clock.exact(value) : shown(value)
  return (
    <>
      <dt>{column}</dt>
      <dd>
        {before !== null && before !== undefined && <del>{say(before)}</del>}{' '}
        {after !== null && <ins>{say(after)}</ins>}
      </dd>
    </>
  )
}

const OpenThing = ({ thing }: { readonly thing: ThingDiff }) => {
  const { kind, id, change } = thing
  if (change === 'removed' || !isNamed(kind)) return null
  const conversationId = thing.rows
    .flatMap(({ columns }) => columns)
    .find(({ column }) => column === 'conversationId')?.after
  return (
    <ThingLink kind={kind} id={id} conversationId={typeof conversationId === 'string' ? conversationId : undefined} />
  )
}

const isNamed = (kind: ThingKind): kind is NamedThing['kind'] =>
  kind === 'memory' || kind === 'message' || kind === 'conversation' || kind === 'attachment'

/** A new row says what it has, not what it has not. */
const isWorthSaying = ({ column, before, after }: ColumnDiff) =>
  (before ?? '') !== (after ?? '') && !column.endsWith('Id') && !derived.has(column)

/** What follows from another column. */
const derived: ReadonlySet<string> = new Set(['preview', 'searchText'])

const shown = (value: unknown): string => {
  if (value === null || value === undefined) return ''
  if (value instanceof Uint8Array) return `${value.length} bytes`
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > 240 ? `${text.slice(0, 239)}…` : text
}

const useChanges = (before: number, number: number) => {
  const storeId = personaStoreId(usePersonaId())
  const [progress, setProgress] = useState<ReplayProgress>()
  const [changes, setChanges] = useState<{ readonly things: readonly ThingDiff[]; readonly more: number }>()
  const [problem, setProblem] = useState<Error>()
  useEffect(() => {
    const gone = new AbortController()
    const read = async () => {
      const history = await sharedHistory(storeId, (progress) => setProgress(progress), gone.signal)
      try {
        if (number > history.overview.head) throw new Error(history.overview.failure ?? 'It is not replayed yet.')
        const tables = await history.call('diff', { from: before, to: number, limit: mostRows })
        const counted = tables.reduce((sum, { added, changed, removed }) => sum + added + changed + removed, 0)
        const told = tables.reduce((sum, { rows }) => sum + rows.length, 0)
        if (!gone.signal.aborted) setChanges({ things: diffByThing(tables), more: counted - told })
      } finally {
        history.close()
      }
    }
    read().catch((error: unknown) => {
      if (!gone.signal.aborted) setProblem(error instanceof Error ? error : new Error(String(error)))
    })
    return () => gone.abort()
  }, [storeId, before, number])
  return { changes, progress, problem }
}

const Replaying = ({
  progress,
  onStop,
}: {
  readonly progress: ReplayProgress | undefined
  readonly onStop: () => void
}) => {
  if (!useLate() || progress === undefined) return null
  return (
    <Group gap="sm" wrap="nowrap">
      <Text size="sm" c="dimmed" flex="none" style={{ fontVariantNumeric: 'tabular-nums' }}>
        Replaying {progress.done.toLocaleString()} of {progress.of.toLocaleString()}
      </Text>
      <Progress flex={1} size="sm" value={(progress.done / progress.of) * 100} aria-label="Replaying the log" />
      <Button size="compact-sm" variant="subtle" color="gray" onClick={onStop}>
        Stop
      </Button>
    </Group>
  )
}

const Note = ({ children }: { readonly children: React.ReactNode }) => (
  <Text size="sm" c="dimmed">
    {children}
  </Text>
)

const marks = { added: '+', changed: '~', removed: '−' } as const

const kinds: Readonly<Record<ThingKind, string>> = {
  memory: 'Memory',
  link: 'Link between memories',
  pair: 'Memories kept apart',
  proposal: 'Proposal',
  conversation: 'Conversation',
  message: 'Message',
  profile: 'Profile',
  consent: 'Consent',
  attachment: 'File',
  task: 'Answer',
  erasure: 'Erasure',
  workspace: 'Workspace',
  persona: 'Persona',
  device: 'Device',
  import: 'Import',
  share: 'Share',
  secret: 'Secret',
  preference: 'Preference',
  account: 'Account',
}
