import { Schema } from 'effect'
import { newId } from '#cli/device.ts'
import { inviteTo, type Remote, remoteFor, remoteLog } from '#cli/sync-client.ts'
import { memoryEvents } from '#schema/memories/events.ts'
import { createPersona } from '#schema/personas/commands.ts'
import { blankDraft } from '#schema/personas/templates.ts'
import { personaSchema } from '#schema/stores/persona-store.ts'
import type { LogEvent } from '#schema/stores/replay.ts'
import { workspaceStoreEvents } from '#schema/stores/workspace-store.ts'
import { createWorkspace, listPersona, summarizePersona } from '#schema/workspace/commands.ts'
import { newSecret } from '#sealing/store-secret.ts'
import { workspaceLink } from '#sealing/workspace-link.ts'
import { memoriesOf } from '#tests/bench/data.ts'
import type { Lab } from '#tests/bench/lab.ts'
import { logOf } from '#tests/support/log-events.ts'
import { longLog } from '#tests/support/long-log.ts'
import { factsOf } from '#tests/support/stores.ts'
import { stampOf } from './persona.ts'

/** At a server, in a workspace of its own, which a new device enters at a short persona beside it. */
export interface LongPersona {
  /** The device that pushed it. */
  readonly remote: Remote
  /** A link that brings one new device in, every time it is asked. */
  readonly invite: () => Promise<string>
  readonly shortId: string
  readonly longId: string
  readonly memories: { readonly short: number; readonly long: number }
}

/** A life of 100 000 events at the server, to be moved there and to be opened. */
export const longLife = async (lab: Lab): Promise<LongPersona> =>
  longPersona(await lab.appUrl(), 'ada', longLog(100_000))

/** No browser makes it: it is sealed and pushed as the command line does. */
export const longPersona = async (url: string, longId: string, long: readonly LogEvent[]): Promise<LongPersona> => {
  const key = { workspaceId: newId(), secret: newSecret() }
  const stamp = { at: new Date(), actorId: 'bench', deviceId: newId() }
  const remote = await remoteFor(url, key, stamp.deviceId)
  const shortId = `near${longId}`
  const short = memoriesLog(shortId, 20)
  const directory = remoteLog(remote, `workspace_${key.workspaceId}`, workspaceStoreEvents)
  await directory.append(factsOf(createWorkspace(key.workspaceId, 'Bench', stamp)))
  const add = async (personaId: string, log: readonly LogEvent[], lastActivityAt: Date | null) => {
    const names = [...new Set(log.map(({ name }) => name))]
    const asItIs = Object.fromEntries(names.map((name) => [name, { name, schema: Schema.Unknown }]))
    await remoteLog(remote, `persona_${personaId}`, asItIs).append(log)
    const persona = { personaId, name: personaId, hue: 0, avatar: null }
    const counts = { head: log.length, archivedAt: null, memories: 0, conversations: 0, messages: 0, lastActivityAt }
    await directory.append([
      ...factsOf(listPersona(persona, 'c1', stamp)),
      summarizePersona({ ...persona, ...counts, activity: [], erasures: 0 }, stamp),
    ])
  }
  await add(shortId, short, new Date(stamp.at.getTime() + 60_000)) // later than they are listed: a new device lands there
  await add(longId, long, null)
  const invite = async () => workspaceLink(url, await inviteTo(remote, key))
  return { remote, invite, shortId, longId, memories: { short: memoriesIn(short), long: memoriesIn(long) } }
}

/** An event each, and a key: the most that so many events can ask of a device. */
export const memoriesLog = (personaId: string, length: number): readonly LogEvent[] => {
  const created = factsOf(createPersona(personaId, { ...blankDraft, name: personaId }, stampOf(personaId)))
  const { at: addedAt, ...by } = stampOf(personaId)
  const memories = memoriesOf(personaId, length - created.length)
  const added = memories.map((memory) => memoryEvents.memoryAdded({ ...memory, personaId, addedAt, ...by }))
  return logOf(personaSchema, [...created, ...added])
}

const memoriesIn = (log: readonly LogEvent[]) => log.filter(({ name }) => name === 'v1.MemoryAdded').length
