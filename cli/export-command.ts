import { writeFile } from 'node:fs/promises'
import { persona$ } from '#schema/personas/queries.ts'
import { personaFile, wholePersonaQueries } from '#schema/stores/persona-export.ts'
import { personaSchema, personaStoreEvents } from '#schema/stores/persona-store.ts'
import { idFrom, invitationFrom, parsed, pathFrom, serverFrom, storeNameOf } from './arguments.ts'
import { newId } from './device.ts'
import { Problem } from './problem.ts'
import { shadowStore } from './shadow-store.ts'
import { leave, remoteFor, remoteLog } from './sync-client.ts'

/** Writes one persona as JSON, to a file or to the output. */
export const exportCommand = async (args: readonly string[]): Promise<number> => {
  const { values, positionals } = parsed(args, {
    server: { type: 'string' },
    workspace: { type: 'string' },
    out: { type: 'string' },
  })
  const [id, ...others] = positionals
  if (id === undefined || others.length > 0) throw new Problem('Name one persona, by its id.', 'usage')
  const personaId = idFrom(id, 'persona')
  const server = serverFrom(values.server)
  if (values.workspace === undefined) throw new Problem('Say whose it is: --workspace LINK', 'usage')
  const remote = await remoteFor(server, invitationFrom(values.workspace), newId())
  const log = await remoteLog(remote, storeNameOf('persona', personaId), personaStoreEvents)
    .read()
    .finally(() => leave(remote))
  const store = await shadowStore(personaSchema, personaStoreEvents, log)
  const persona = store.query(persona$)
  if (persona === null) throw new Problem(`There is no persona ${personaId} on ${server}.`)
  const json = personaFile(persona, {
    memories: store.query(wholePersonaQueries.memories),
    conversations: store.query(wholePersonaQueries.conversations),
    messages: store.query(wholePersonaQueries.messages),
    privacy: store.query(wholePersonaQueries.privacy),
  })
  await store.shutdownPromise()
  if (values.out === undefined) console.log(json)
  else await writeTo(pathFrom(values.out), json)
  return 0
}

const writeTo = (path: string, json: string) =>
  writeFile(path, json).catch((error: unknown) => {
    throw new Problem(`“${path}” cannot be written: ${error instanceof Error ? error.message : String(error)}`)
  })
