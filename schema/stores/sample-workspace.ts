import { defaultSettings } from '#schema/conversations/defaults.ts'
import { conversationEvents } from '#schema/conversations/events.ts'
import type { MessagePart } from '#schema/conversations/parts.ts'
import { memoryEvents } from '#schema/memories/events.ts'
import { personaEvents } from '#schema/personas/events.ts'
import { idFromNames } from '#schema/shared/ids-from-names.ts'
import type { Stamp } from '#schema/shared/stamp.ts'
import { listPersona } from '#schema/workspace/commands.ts'
import { juniper } from './sample/juniper.ts'
import { otto } from './sample/otto.ts'
import type { SamplePersona, SampleTalk, SpecialTurn, Turn } from './sample/script.ts'
import { summaryFact } from './sample/summary-fact.ts'

export interface SampleOptions {
  /** All ids follow from it: adding the sample twice adds nothing. */
  readonly workspaceId: string
  /** The talk of six weeks ends here. */
  readonly now: Date
  readonly actorId: string
  readonly deviceId: string
  readonly cell: string
}

/** The first minute's workspace: two personas, six weeks of talk with each, and what they learnt from it. */
export const sampleWorkspace = (options: SampleOptions) => {
  const personas = [juniper, otto].map((persona) => personaFacts(persona, options))
  return {
    workspaceEvents: personas.flatMap(({ listed, summary }) => [...listed, summary]),
    personas: personas.map(({ personaId, events }) => ({ personaId, events })),
  }
}

const personaFacts = (persona: SamplePersona, { workspaceId, now, actorId, deviceId, cell }: SampleOptions) => {
  const by = { actorId, deviceId }
  const id = (...names: readonly string[]) => idFromNames(workspaceId, 'sample', persona.key, ...names)
  const personaId = id()
  const memoryId = (key: string) => id('memory', key)
  const startedAt = timeOfTalk(now, persona.talks[0])
  const createdAt = new Date(startedAt.getTime() - 10 * minute)
  const stampAt = (at: Date): Stamp => ({ at, ...by })

  const talks = persona.talks.map((talk) => {
    const conversationId = id('talk', talk.key)
    const messageId = (turn: number) => id('talk', talk.key, String(turn))
    const ids = { conversationId, personaId }
    const start = timeOfTalk(now, talk)
    const timeOfTurn = (turn: number) => new Date(start.getTime() + turn * 3 * minute)
    const after = (turn: number, minutes: number) => new Date(timeOfTurn(turn).getTime() + minutes * minute)
    const end = after(talk.turns.length, 0)

    const messages = talk.turns.flatMap((written, turn) => {
      const { say, after: answers = turn - 1, first, recalls = [] } = special(written)
      const sent = {
        messageId: messageId(turn),
        ...ids,
        parentMessageId: answers < 0 ? null : messageId(answers),
        sentAt: timeOfTurn(turn),
        parts: partsOf(first ?? say),
        ...by,
      }
      const answer = { model: 'sample', recalledMemoryIds: recalls.map(memoryId), recalledMessageIds: [] }
      return [
        turn % 2 === 0
          ? conversationEvents.messageSent({ ...sent, role: 'user' })
          : conversationEvents.messageSent({ ...sent, role: 'assistant', answer }),
        ...(first === undefined
          ? []
          : [
              conversationEvents.messageEdited({
                editId: id('edit', talk.key, String(turn)),
                messageId: messageId(turn),
                ...ids,
                parts: partsOf(say),
                editedAt: after(turn, 1),
                ...by,
              }),
            ]),
      ]
    })

    const memories = talk.memories.map(([key, kind, importance, tags, content, turn, reinforced = 0]) => {
      const addedAt = after(turn, 0.5)
      return {
        key,
        addedAt,
        events: [
          memoryEvents.memoryAdded({
            memoryId: memoryId(key),
            personaId,
            content,
            importance,
            kind,
            tags: tags.split(','),
            sourceEventIds: [messageId(turn)],
            occurredAt: timeOfTurn(turn),
            addedAt,
            ...by,
          }),
          ...Array.from({ length: reinforced }, (_, time) =>
            memoryEvents.memoryReinforced({
              reinforcementId: id('reinforcement', key, String(time)),
              memoryId: memoryId(key),
              personaId,
              reinforcedAt: between(addedAt, now, (time + 1) / (reinforced + 1)),
              ...by,
            }),
          ),
        ],
      }
    })

    const marks = [
      ...(talk.mark === 'favourite'
        ? [conversationEvents.conversationFavoured({ ...ids, favouredAt: end, ...by })]
        : []),
      ...(talk.mark === 'archived'
        ? [
            conversationEvents.conversationsArchived({
              personaId,
              conversationIds: [conversationId],
              batchId: id('archive', talk.key),
              archivedAt: end,
              ...by,
            }),
          ]
        : []),
      ...(talk.open === undefined
        ? []
        : [conversationEvents.branchChosen({ ...ids, messageId: messageId(talk.open), chosenAt: end, ...by })]),
    ]

    const started = conversationEvents.conversationStarted({
      ...ids,
      title: talk.title,
      settings: defaultSettings,
      tags: talk.tags ?? [],
      startedAt: start,
      ...by,
    })
    return {
      memories,
      sentAt: talk.turns.map((_, turn) => timeOfTurn(turn)),
      learntAt: talk.memories.map(([, , , , , turn]) => timeOfTurn(turn)),
      events: [started, ...messages, ...memories.flatMap(({ events }) => events), ...marks],
    }
  })

  const addedAtByKey = new Map(talks.flatMap(({ memories }) => memories.map(({ key, addedAt }) => [key, addedAt])))
  const links = persona.links.map(([from, to, relation]) =>
    memoryEvents.memoriesLinked({
      linkId: id('link', from, to),
      personaId,
      fromMemoryId: memoryId(from),
      toMemoryId: memoryId(to),
      relation,
      linkedAt: latest(addedAtByKey.get(from), addedAtByKey.get(to), createdAt),
      ...by,
    }),
  )
  const events = [
    personaEvents.personaCreated({ personaId, ...persona.draft, createdAt, ...by }),
    ...talks.flatMap((talk) => talk.events),
    ...links,
  ]
  return {
    personaId,
    events,
    listed: listPersona({ ...persona.draft, personaId }, cell, stampAt(createdAt)),
    summary: summaryFact(
      {
        personaId,
        head: events.length,
        ...persona.draft,
        conversations: talks.length,
        sentAt: talks.flatMap(({ sentAt }) => sentAt),
        learntAt: talks.flatMap(({ learntAt }) => learntAt),
      },
      stampAt(now),
    ),
  }
}

const minute = 60_000
const day = 24 * 60 * minute

/** A talk of today that would lie ahead is moved to the hour before now. */
const timeOfTalk = (now: Date, talk: SampleTalk | undefined): Date => {
  if (talk === undefined) return now
  const [hours = 0, minutes = 0] = talk.time.split(':').map(Number)
  const midnight = Math.floor(now.getTime() / day) * day
  const at = midnight - talk.daysAgo * day + (hours * 60 + minutes) * minute
  return new Date(Math.min(at, now.getTime() - 60 * minute))
}

const between = (from: Date, to: Date, share: number) =>
  new Date(Math.round(from.getTime() + (to.getTime() - from.getTime()) * share))

const latest = (...times: readonly (Date | undefined)[]) =>
  new Date(Math.max(...times.map((time) => time?.getTime() ?? 0)))

const special = (turn: Turn): SpecialTurn => (typeof turn === 'string' || isParts(turn) ? { say: turn } : turn)

const isParts = (turn: Exclude<Turn, string>): turn is readonly MessagePart[] => Array.isArray(turn)

const partsOf = (said: string | readonly MessagePart[]): readonly MessagePart[] =>
  typeof said === 'string' ? [{ type: 'text', text: said }] : said
