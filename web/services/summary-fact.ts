import { persona$ } from '#schema/personas/queries.ts'
import type { Stamp } from '#schema/shared/stamp.ts'
import { summaryActivity$, summaryCounts$, summaryPictures$, summaryUsage$ } from '#schema/stores/summary.ts'
import { summarizePersona } from '#schema/workspace/commands.ts'
import { knownPicturesOf$ } from '#schema/workspace/picture-queries.ts'
import { activityOf$, type DirectoryEntry, directoryEntry$ } from '#schema/workspace/queries.ts'
import { knownUsageOf$ } from '#schema/workspace/usage-queries.ts'
import type { PersonaStore, WorkspaceStore } from '#web/livestore/stores.ts'

type Readable = Pick<WorkspaceStore, 'query'>
type ReadablePersona = Pick<PersonaStore, 'query' | 'syncStatus'>

/** What the workspace does not know yet of the persona. Nothing, while the persona has not arrived here. */
export const summaryFact = (workspace: Readable, store: ReadablePersona, personaId: string, stamp: Stamp) => {
  const summary = summaryOf(store, personaId)
  const entry = workspace.query(directoryEntry$(personaId))
  if (summary === undefined || entry === null || entry.head > summary.head) return undefined
  const known = keyOf({
    ...entry,
    activity: workspace.query(activityOf$(personaId)),
    pictures: { count: entry.pictures, newest: workspace.query(knownPicturesOf$(personaId)) },
    usage: workspace.query(knownUsageOf$(personaId)),
  })
  if (keyOf({ ...summary, lastActivityAt: summary.lastActivityAt ?? entry.listedAt }) === known) return undefined
  return summarizePersona(summary, stamp)
}

type Summary = Parameters<typeof summarizePersona>[0]

const summaryOf = (store: ReadablePersona, personaId: string): Summary | undefined => {
  const persona = store.query(persona$)
  if (persona === null) return undefined
  const { name, hue, avatar, archivedAt } = persona
  const counts = store.query(summaryCounts$)
  return {
    personaId,
    head: headOf(store.syncStatus().localHead),
    name,
    hue,
    avatar,
    archivedAt,
    ...counts,
    activity: store.query(summaryActivity$),
    pictures: store.query(summaryPictures$),
    usage: store.query(summaryUsage$),
  }
}

/** How many events the log has: 12 of `e12.1`. */
export const headOf = (localHead: string): number => Number.parseInt(localHead.slice(1), 10)

/** All that a list shows; a head that moved for other reasons is no news. */
const keyOf = (known: Omit<Summary, 'lastActivityAt' | 'head'> & Pick<DirectoryEntry, 'lastActivityAt'>) =>
  JSON.stringify([
    known.name,
    known.hue,
    known.avatar,
    known.archivedAt,
    known.memories,
    known.conversations,
    known.messages,
    known.lastActivityAt,
    known.erasures,
    known.pictures?.count,
    known.pictures?.newest.map(({ attachmentId }) => attachmentId),
    known.activity.map(({ day, messages, memories }) => [day, messages, memories]),
    known.usage?.map((day) => [day.day, day.answers, day.promptTokens, day.completionTokens, day.cost]),
  ])
