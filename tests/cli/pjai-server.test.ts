import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { bringIn } from '#cli/bring-in.ts'
import { newId } from '#cli/device.ts'
import { exportCommand } from '#cli/export-command.ts'
import { seedCommand } from '#cli/seed-command.ts'
import { shadowStore } from '#cli/shadow-store.ts'
import { inviteTo, type Remote, remoteFor, remoteLog } from '#cli/sync-client.ts'
import { planImport } from '#schema/imports/plan-import.ts'
import { addMemory } from '#schema/memories/commands.ts'
import { memoryCount$ } from '#schema/memories/queries.ts'
import { personaSchema, personaStoreEvents } from '#schema/stores/persona-store.ts'
import { summaryCounts$ } from '#schema/stores/summary.ts'
import { workspaceSchema, workspaceStoreEvents } from '#schema/stores/workspace-store.ts'
import { directory$ } from '#schema/workspace/queries.ts'
import { newSecret } from '#sealing/store-secret.ts'
import { type WorkspaceKey, workspaceLink } from '#sealing/workspace-link.ts'
import { startServer, type TestServer } from '#tests/support/server.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'pjai-cli-server-'))
const patience = 180_000
let server: TestServer

beforeAll(async () => {
  server = await startServer({ dataDir })
}, patience)
afterAll(async () => {
  await server.stop()
  rmSync(dataDir, { recursive: true })
})

const planOf = (source: unknown, { workspaceId }: Pick<WorkspaceKey, 'workspaceId'>) => {
  const bytes = new TextEncoder().encode(JSON.stringify(source))
  const plan = planImport(bytes, 'file.json', { workspaceId, now: new Date('2026-03-01') })
  if (plan instanceof Error) throw plan
  return plan
}

interface Workspace extends WorkspaceKey {
  readonly remote: Remote
}

/** A workspace that this program owns. */
const newWorkspace = async (): Promise<Workspace> => {
  const key = { workspaceId: newId(), secret: newSecret() }
  return { ...key, remote: await remoteFor(server.url, key, 'other') }
}

const personaLog = ({ remote }: Workspace, personaId: string) =>
  remoteLog(remote, `persona_${personaId}`, personaStoreEvents)

const readWorkspace = ({ remote, workspaceId }: Workspace) =>
  remoteLog(remote, `workspace_${workspaceId}`, workspaceStoreEvents).read()

const linkTo = async (workspace: Workspace) => workspaceLink(server.url, await inviteTo(workspace.remote, workspace))

const personasIn = async (workspace: Workspace) =>
  (await shadowStore(workspaceSchema, workspaceStoreEvents, await readWorkspace(workspace))).query(
    directory$({ show: 'active', sort: 'name' }),
  )

const book = {
  name: 'Glade',
  entries: [
    { keys: ['tea'], content: 'Likes tea.' },
    { keys: ['wolf'], content: 'Fears wolves.' },
  ],
}

test('[CL4] what is imported into a server stands in its logs, once, however often it is imported', {
  timeout: patience,
}, async () => {
  const workspace = await newWorkspace()
  const plan = planOf(book, workspace)
  const said: string[] = []
  await bringIn(workspace.remote, workspace.workspaceId, 'file.json', plan, (line) => said.push(line))
  const [persona] = await personasIn(workspace)
  expect(persona).toMatchObject({ name: 'Glade', memories: 2, head: 2 })
  const log = personaLog(workspace, persona!.personaId)
  const events = await log.read()
  const store = await shadowStore(personaSchema, personaStoreEvents, events)
  expect(store.query(summaryCounts$)).toMatchObject({ memories: 2 })

  await bringIn(workspace.remote, workspace.workspaceId, 'file.json', plan, (line) => said.push(line))
  expect(await log.read()).toEqual(events)
  expect(await personasIn(workspace)).toHaveLength(1)
  expect(said).toEqual([
    expect.stringMatching(/added.* 2 memories; already.* 0 memories/),
    expect.stringMatching(/0 memories; .* 2 mem/),
  ])
})

test('[CL5] if another device writes in between, ours goes behind it and nothing is lost', {
  timeout: patience,
}, async () => {
  const stamp = { at: new Date('2026-03-01'), actorId: 'ada', deviceId: 'laptop' }
  const memory = (memoryId: string) => {
    const draft = { content: memoryId, importance: 0.5, kind: 'fact', tags: [], occurredAt: stamp.at }
    const added = addMemory('p5', memoryId, draft, stamp)
    if (added instanceof Error) throw added
    return added
  }
  const workspace = await newWorkspace()
  const [one, other] = [personaLog(workspace, 'p5'), personaLog(workspace, 'p5')]
  await Promise.all([one.read(), other.read()])
  await one.append([memory('m1')])
  await other.append(Array.from({ length: 250 }, (_, index) => memory(`n${index}`)))
  await one.append([memory('m2')])
  const store = await shadowStore(personaSchema, personaStoreEvents, await one.read())
  expect(store.query(memoryCount$({}))).toBe(252)
})

test('[CL6] the sample is there with one command, and a second one adds nothing', { timeout: patience }, async () => {
  const print = vi.spyOn(console, 'log').mockImplementation(() => {})
  const workspace = await newWorkspace()
  const seed = async () => seedCommand(['sample', '--server', server.url, '--workspace', await linkTo(workspace)])
  expect(await seed()).toBe(0)
  const before = await readWorkspace(workspace)
  expect((await personasIn(workspace)).length).toBeGreaterThan(1)
  expect(await seed()).toBe(0)
  expect(await readWorkspace(workspace)).toEqual(before)
  expect(print).toHaveBeenLastCalledWith(expect.stringMatching(/\/join#\w{26}\.[\w-]{43}\.\w{26}$/))
  print.mockRestore()
})

test('[CL6] a large workspace has as many personas as asked for', { timeout: patience }, async () => {
  const print = vi.spyOn(console, 'log').mockImplementation(() => {})
  const workspace = await newWorkspace()
  const link = await linkTo(workspace)
  expect(await seedCommand(['large', '--personas', '12', '--server', server.url, '--workspace', link])).toBe(0)
  print.mockRestore()
  const personas = await personasIn(workspace)
  expect(personas).toHaveLength(12)
  expect(await personaLog(workspace, personas[0]!.personaId).read()).toHaveLength(personas[0]!.head)
})

test('[CL7] a persona is exported as a file that an import reads again', { timeout: patience }, async () => {
  const workspace = await newWorkspace()
  await bringIn(workspace.remote, workspace.workspaceId, 'file.json', planOf(book, workspace), () => {})
  const [persona] = await personasIn(workspace)
  const link = await linkTo(workspace)
  const file = join(dataDir, 'persona.json')
  writeFileSync(file, '')
  expect(await exportCommand([persona!.personaId, '--server', server.url, '--workspace', link, '--out', file])).toBe(0)
  const plan = planOf(JSON.parse(readFileSync(file, 'utf8')), { workspaceId: newId() })
  expect(plan).toMatchObject({ format: 'pjai-persona', rejected: [], personas: [{ draft: { name: 'Glade' } }] })
  expect(plan.personas[0]?.memories).toHaveLength(2)
})
