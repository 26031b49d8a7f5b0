import { personaStoreEvents } from '#schema/stores/persona-store.ts'
import { workspaceStoreEvents } from '#schema/stores/workspace-store.ts'
import { createWorkspace } from '#schema/workspace/commands.ts'
import { firstCell } from '#schema/workspace/placement.ts'
import { newSecret } from '#sealing/store-secret.ts'
import { workspaceLink } from '#sealing/workspace-link.ts'
import { invitationFrom, parsed, serverFrom, storeNameOf } from './arguments.ts'
import { deviceOf, newId } from './device.ts'
import { Problem } from './problem.ts'
import { type Fact, inviteTo, type Remote, remoteFor, remoteLog } from './sync-client.ts'

interface SeedPersona {
  readonly personaId: string
  readonly events: readonly Fact[]
  readonly workspaceEvents: readonly Fact[]
}

/** Fills a workspace of a running server. Twice with the same options adds nothing. */
export const seedCommand = async (args: readonly string[]): Promise<number> => {
  const { values, positionals } = parsed(args, {
    server: { type: 'string' },
    workspace: { type: 'string' },
    personas: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
  })
  const [kind] = positionals
  if ((kind !== 'sample' && kind !== 'large') || positionals.length > 1) {
    throw new Problem('Say which: seed sample, or seed large.', 'usage')
  }
  const [count, seed] = [countFrom(values.personas, 'personas'), countFrom(values.seed, 'seed')]
  const server = serverFrom(values.server)
  const workspace =
    values.workspace === undefined ? { workspaceId: newId(), secret: newSecret() } : invitationFrom(values.workspace)
  const { workspaceId } = workspace
  const deviceId = newId()
  const device = deviceOf(workspaceId, deviceId)
  const remote = await remoteFor(server, workspace, device.deviceId)
  const { at, ...by } = device.stamp()
  const options = { workspaceId, now: at, cell: firstCell, ...by }
  const personas = kind === 'sample' ? await samplePersonas(options) : await largePersonas(options, count, seed)
  const created = createWorkspace(
    workspaceId,
    kind === 'sample' ? 'Sample workspace' : 'Large workspace',
    device.stamp(),
  )
  if (created instanceof Error) throw new Problem(created.message)
  const total = await writeAll(remote, workspaceId, created, personas)
  console.log(`Wrote ${total.personas} personas with ${total.events} events into workspace ${workspaceId}.`)
  console.log('This link opens it on one device, once, within ten minutes:')
  console.log(workspaceLink(server, await inviteTo(remote, workspace)))
  return 0
}

type Options = Parameters<typeof import('#schema/stores/sample-workspace.ts').sampleWorkspace>[0]

const samplePersonas = async (options: Options): Promise<Iterable<SeedPersona>> => {
  const { sampleWorkspace } = await import('#schema/stores/sample-workspace.ts')
  const sample = sampleWorkspace(options)
  return sample.personas.map((persona) => ({
    ...persona,
    workspaceEvents: sample.workspaceEvents.filter(({ args }) => args.personaId === persona.personaId),
  }))
}

const largePersonas = async (options: Options, personas: number, seed: number): Promise<Iterable<SeedPersona>> => {
  const { largeWorkspace } = await import('#schema/stores/large-workspace.ts')
  return largeWorkspace({ ...options, personas, seed })
}

/** A persona is listed when all of its own log is written: cut short, the same command goes on. */
const writeAll = async (remote: Remote, workspaceId: string, created: Fact, personas: Iterable<SeedPersona>) => {
  const workspace = remoteLog(remote, storeNameOf('workspace', workspaceId), workspaceStoreEvents)
  const known = await workspace.read()
  if (known.length === 0) await workspace.append([created])
  const listed = new Set(known.filter(({ name }) => name === 'v1.PersonaListed').map(personaIdOf))
  const total = { personas: 0, events: 0 }
  for (const group of inGroups(personas)) {
    const missing = group.filter(({ personaId }) => !listed.has(personaId))
    await Promise.all(
      missing.map(async ({ personaId, events }) => {
        const log = remoteLog(remote, storeNameOf('persona', personaId), personaStoreEvents)
        if ((await log.read()).length >= events.length) return
        total.events += await log.append(events)
      }),
    )
    total.events += await workspace.append(missing.flatMap(({ workspaceEvents: facts }) => facts))
    total.personas += missing.length
    if (process.stderr.isTTY) process.stderr.write(`\r${total.personas} personas`)
  }
  if (process.stderr.isTTY) process.stderr.write('\r')
  return total
}

const personaIdOf = ({ args }: Fact): unknown =>
  typeof args === 'object' && args !== null && 'personaId' in args ? args.personaId : undefined

/** Eight logs at a time keep a local server busy and leave it room for a page. */
function* inGroups(personas: Iterable<SeedPersona>): Generator<readonly SeedPersona[]> {
  let group: SeedPersona[] = []
  for (const persona of personas) {
    group.push(persona)
    if (group.length < 8) continue
    yield group
    group = []
  }
  yield group
}

const countFrom = (text: string, what: string): number => {
  const count = Number(text)
  if (!Number.isInteger(count) || count < 1 || count > 100_000) {
    throw new Problem(`--${what} takes a number from 1 to 100000, not “${text}”.`, 'usage')
  }
  return count
}
