import { Schema } from 'effect'
import { newId } from '#cli/device.ts'
import { inviteTo, remoteFor, remoteLog } from '#cli/sync-client.ts'
import type { LogEvent } from '#schema/stores/replay.ts'
import { workspaceStoreEvents } from '#schema/stores/workspace-store.ts'
import { createWorkspace, listPersona, summarizePersona } from '#schema/workspace/commands.ts'
import { newSecret } from '#sealing/store-secret.ts'
import { workspaceLink } from '#sealing/workspace-link.ts'
import { factsOf } from '#tests/support/stores.ts'

/**
 * A workspace on this server that no browser made: its personas with their logs, sealed and pushed as the command line
 * does, and what another device knows of each; a new device lands at the first of them. Gives a link that brings one new device in, every time it is asked.
 */
export const longPersonas = async (url: string, logs: Readonly<Record<string, readonly LogEvent[]>>) => {
  const key = { workspaceId: newId(), secret: newSecret() }
  const stamp = { at: new Date(), actorId: 'bench', deviceId: newId() }
  const remote = await remoteFor(url, key, stamp.deviceId)
  const later = new Date(stamp.at.getTime() + 60_000) // than they were listed
  const directory = remoteLog(remote, `workspace_${key.workspaceId}`, workspaceStoreEvents)
  await directory.append(factsOf(createWorkspace(key.workspaceId, 'Bench', stamp)))
  for (const [index, [personaId, log]] of Object.entries(logs).entries()) {
    const names = [...new Set(log.map(({ name }) => name))]
    const asItIs = Object.fromEntries(names.map((name) => [name, { name, schema: Schema.Unknown }]))
    await remoteLog(remote, `persona_${personaId}`, asItIs).append(log)
    const persona = { personaId, name: personaId, hue: 0, avatar: null }
    const counts = {
      head: log.length,
      archivedAt: null,
      memories: 0,
      conversations: 0,
      messages: 0,
      lastActivityAt: index === 0 ? later : null,
    }
    await directory.append([
      ...factsOf(listPersona(persona, 'c1', stamp)),
      summarizePersona({ ...persona, ...counts, activity: [], erasures: 0 }, stamp),
    ])
  }
  return async () => workspaceLink(url, await inviteTo(remote, key))
}
