import { idFrom, invitationFrom, parsed, serverFrom } from './arguments.ts'
import { newId } from './device.ts'
import { type PlannedFile, planFile, reportForPeople, reportOf } from './import-files.ts'
import { sealingOptions } from './passphrase.ts'
import { Problem } from './problem.ts'

/** Exit code 0 if anything could be read. */
export const importCommand = async (args: readonly string[]): Promise<number> => {
  const { values, positionals } = parsed(args, {
    'dry-run': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    server: { type: 'string' },
    workspace: { type: 'string' },
    into: { type: 'string' },
    out: { type: 'string' },
    key: { type: 'string' },
    ...sealingOptions,
  })
  if (positionals.length === 0) throw new Problem('Name the files to import.', 'usage')
  const isDry = values['dry-run']
  const { out, ...rest } = values
  if (out !== undefined) {
    if (isDry || values.server !== undefined)
      throw new Problem(
        'Into a bundle (--out), or into a server (--server), or neither (--dry-run): choose one.',
        'usage',
      )
    return (await import('./import-to-bundle.ts')).importToBundle(positionals, { ...rest, out })
  }
  const server = isDry ? undefined : serverFrom(values.server)
  if (!isDry && values.workspace === undefined) throw new Problem('Say which workspace: --workspace LINK', 'usage')
  const invitation = values.workspace === undefined ? undefined : invitationFrom(values.workspace)
  const options = {
    workspaceId: invitation?.workspaceId ?? 'dry',
    now: new Date(),
    ...(values.into === undefined ? {} : { intoPersonaId: idFrom(values.into, 'persona') }),
  }
  const files: PlannedFile[] = []
  for (const path of positionals) files.push(await planFile(path, options))

  const report = reportOf(files)
  if (values.json) console.log(JSON.stringify(report))
  else
    console.log(
      reportForPeople(
        report,
        files.flatMap(({ plan }) => plan?.notes ?? []),
      ),
    )
  const isReadable = files.some(({ plan }) => plan !== undefined)
  if (server !== undefined && invitation !== undefined && isReadable) {
    const [{ bringIn }, { leave, remoteFor }] = await Promise.all([import('./bring-in.ts'), import('./sync-client.ts')])
    const remote = await remoteFor(server, invitation, newId())
    try {
      for (const file of files) {
        // To the other channel: what --json prints stays one line of JSON.
        if (file.plan !== undefined)
          await bringIn(remote, invitation.workspaceId, file.name, file.plan, (line) => console.error(line))
      }
    } finally {
      await leave(remote)
    }
  }
  return isReadable ? 0 : 1
}
