import type { Stamp } from '#schema/shared/stamp.ts'
import { summarizePersona } from '#schema/workspace/commands.ts'

interface Told {
  readonly personaId: string
  /** How many events its log holds. */
  readonly head: number
  readonly name: string
  readonly hue: number
  readonly avatar: string | null
  readonly conversations: number
  /** When each message was sent. */
  readonly sentAt: readonly Date[]
  /** When each memory was true. */
  readonly learntAt: readonly Date[]
}

/** What the workspace would be told of a generated persona, had its store been open: the same counts, day by day. */
export const summaryFact = ({ sentAt, learntAt, ...told }: Told, stamp: Stamp) => {
  const [messages, memories] = [countByDay(sentAt), countByDay(learntAt)]
  const days = [...new Set([...messages.keys(), ...memories.keys()])].toSorted().reverse().slice(0, 400)
  const last = Math.max(0, ...[...sentAt, ...learntAt].map((at) => at.getTime()))
  return summarizePersona(
    {
      personaId: told.personaId,
      head: told.head,
      name: told.name,
      hue: told.hue,
      avatar: told.avatar,
      archivedAt: null,
      conversations: told.conversations,
      memories: learntAt.length,
      messages: sentAt.length,
      lastActivityAt: last === 0 ? null : new Date(last),
      activity: days.map((day) => ({ day, messages: messages.get(day) ?? 0, memories: memories.get(day) ?? 0 })),
      usage: [],
    },
    stamp,
  )
}

const countByDay = (times: readonly Date[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  for (const at of times) {
    const day = at.toISOString().slice(0, 10)
    counts.set(day, (counts.get(day) ?? 0) + 1)
  }
  return counts
}
