import { mkdtemp, open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { BundleAbout } from '#bundle/manifest.ts'
import { type Content, writeBundle } from '#bundle/write-bundle.ts'
import { idFrom, invitationFrom, parsed, pathFrom, serverFrom } from './arguments.ts'
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
  // Beside the file, so that there is as much room, and the last step is a change of name.
  const folder = await mkdtemp(join(dirname(out), `.${basename(out)}-`)).catch((error: unknown) => {
    throw new Problem(`“${out}” cannot be written: ${error instanceof Error ? error.message : String(error)}`)
  })
  const say = progress()
  try {
    const remote = await remoteFor(server, invitation, newId())
    const fetched = await fetchPersona(remote, invitation.workspaceId, personaId, { folder, sealedFor, say }).finally(
      () => leave(remote),
    )
    await writeTo(join(folder, 'bundle'), fetched.about, fetched.contents)
    await rename(join(folder, 'bundle'), out)
    const { events, blobs } = fetched.about.counts
    console.log(`${out}: ${events} events, ${blobs} parts of files.`)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  return 0
}

const writeTo = async (path: string, about: BundleAbout, contents: readonly Content[]) => {
  const file = await open(path, 'w')
  try {
    for await (const chunk of writeBundle(about, contents)) await file.write(chunk)
    await file.sync()
  } finally {
    await file.close()
  }
}
