import { findingSentence } from '#proof/findings.ts'
import type { Verdict } from '#web/services/history/history-protocol.ts'
import type { ShardReport, StateReport } from '#web/services/history/verify-shard.ts'

/** What is wrong, what it means, and which of the ways to mend it is the right one. */
export interface Problem {
  readonly where: 'server' | 'log' | 'state'
  readonly title: string
  readonly sentences: readonly string[]
  readonly means: string
}

/** Everything that a verification found wrong; nothing when all of what could be looked at is sound. */
export const problemsIn = ({ overview, server, logs, state }: ShardReport): readonly Problem[] => [
  ...(overview?.failure == null ? [] : [notReplayed(overview.failure)]),
  ...(server === undefined || server instanceof Error || server.contradictions.length === 0
    ? []
    : [contradicted(server.contradictions.map(findingSentence))]),
  ...(logs === undefined || !isUnlike(logs) ? [] : [unlike(logs)]),
  ...(state === undefined ? [] : stateProblems(state)),
]

type Logs = NonNullable<ShardReport['logs']>

/** Keys that could not be asked for say nothing of the log. */
const isUnlike = (logs: Logs) => (logs instanceof Error ? isClosed(logs) : logs.unlike.length > 0)

export const isClosed = (error: Error) => '_tag' in error && error._tag === 'EventClosed'

const notReplayed = (failure: string): Problem => ({
  where: 'log',
  title: 'The log cannot be replayed to its end',
  sentences: [failure],
  means: 'What came before that event stands. Save the log, and update PJai: a later version may know the event.',
})

const contradicted = (sentences: readonly string[]): Problem => ({
  where: 'server',
  title: 'The server’s log is not what was seen of it',
  sentences,
  means:
    'Somebody changed it on the server, or the server lost a part and was restored. What is on this device is as it was. Save it first; then fetch the server’s log, and offer it what it lacks.',
})

const unlike = (logs: Logs): Problem => ({
  where: 'server',
  title: 'This device’s log is not the server’s',
  sentences:
    logs instanceof Error
      ? [logs.message]
      : logs.unlike.map(({ seqNum, here, there }) =>
          here === null
            ? `Event ${seqNum} (${there}) is not on this device.`
            : here === there
              ? `Event ${seqNum} (${there}) says something else here than on the server.`
              : `Event ${seqNum} is ${here} here and ${there} on the server.`,
        ),
  means:
    'What was accepted is sealed and chained on the server; one of the two was changed since. Save this device’s log as evidence, then fetch the server’s again.',
})

const stateProblems = ({ rebuilt, again, kept, shown }: StateReport): readonly Problem[] => {
  if (rebuilt.hash !== again.hash)
    return [
      {
        where: 'log',
        title: 'Two rebuilds of the same log differ',
        sentences: [...rebuilt.tables.keys()]
          .filter((table) => rebuilt.tables.get(table) !== again.tables.get(table))
          .map((table) => `The table ${table} was made otherwise the second time.`),
        means: 'This is a fault of PJai, not of your log. Save the log, so that it can be looked into.',
      },
    ]
  const sentences = [
    ...differencesOf(kept).map((it) => `What this device keeps: ${it}`),
    ...(kept.kept.hash === shown.kept.hash ? [] : differencesOf(shown).map((it) => `What this tab shows: ${it}`)),
  ]
  if (sentences.length === 0) return []
  return [
    {
      where: 'state',
      title: 'The state is not what the log makes',
      sentences,
      means: 'The log is the truth, and it is whole. Make the state from it anew; nothing is lost by that.',
    },
  ]
}

const differencesOf = ({ differences }: Verdict): readonly string[] =>
  differences.map(({ table, added, changed, removed, rows }) => {
    const [row] = rows
    const columns = row?.change === 'changed' ? ` (${row.columns.map(({ column }) => column).join(', ')})` : ''
    const first = row?.thing === undefined ? '' : `, first ${row.thing.kind} ${row.thing.id}${columns}`
    return `in ${table}, ${inWords([added, 'too many'], [changed, 'changed'], [removed, 'missing'])}${first}.`
  })

const inWords = (...counts: readonly (readonly [number, string])[]) =>
  counts
    .filter(([count]) => count > 0)
    .map(([count, what]) => `${count} ${count === 1 ? 'row' : 'rows'} ${what}`)
    .join(', ')
