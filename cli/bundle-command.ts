import { idFrom, invitationFrom, parsed, pathFrom, serverFrom } from './arguments.ts'
import { writeBundleFile } from './bundle-file.ts'
import { newId } from './device.ts'
import { fetchPersona } from './fetch-persona.ts'
import { sealedForFrom, sealingOptions } from './passphrase.ts'
import { Problem } from './problem.ts'
import { progress } from './progress.ts'
import { leave, remoteFor } from './sync-client.ts'

/** Writes everything that a server has of one persona into one file. */
export const bundleCommand = async (args: readonly string[]): Promise<number> => {
  const { values, positionals } = parsed(args, {
    server: { type: 'string' },
    workspace: { type: 'string' },
    out: { type: 'string' },
    ...sealingOptions,
  })
  const [id, ...others] = positionals
  if (id === undefined || others.length > 0) throw new Problem('Name one persona, by its id.', 'usage')
  const personaId = idFrom(id, 'persona')
  const server = serverFrom(values.server)
  if (values.workspace === undefined) throw new Problem('Say whose it is: --workspace LINK', 'usage')
  if (values.out === undefined) throw new Problem('Say where it goes: --out FILE.persona', 'usage')
  const invitation = invitationFrom(values.workspace)
  const sealedFor = await sealedForFrom(values)
  const out = pathFrom(values.out)
  const say = progress()
  const remote = await remoteFor(server, invitation, newId())
  const fetchInto = (folder: string) =>
    fetchPersona(remote, invitation.workspaceId, personaId, { folder, sealedFor, say })
  const { counts } = await writeBundleFile(out, fetchInto).finally(() => leave(remote))
  console.log(`${out}: ${counts.events} events, ${counts.blobs} parts of files.`)
  return 0
}
