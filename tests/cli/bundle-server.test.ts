import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openBundle } from '#bundle/open-bundle.ts'
import { bringIn } from '#cli/bring-in.ts'
import { bundleCommand } from '#cli/bundle-command.ts'
import { newId } from '#cli/device.ts'
import { fileSource } from '#cli/file-source.ts'
import { logCommand } from '#cli/log-command.ts'
import { replayCommand } from '#cli/replay-command.ts'
import { shadowStore } from '#cli/shadow-store.ts'
import { inviteTo, keysOfStore, remoteFor, remoteLog } from '#cli/sync-client.ts'
import { verifyCommand } from '#cli/verify-command.ts'
import { attachmentEvents } from '#schema/attachments/events.ts'
import { planImport } from '#schema/imports/plan-import.ts'
import { personaSchema, personaStoreEvents } from '#schema/stores/persona-store.ts'
import { blobIdOf } from '#sealing/sealed-chunk.ts'
import { newSecret, ownerKeyFrom, storeKeysFrom, storeSecretFrom } from '#sealing/store-secret.ts'
import { subjectNamed } from '#sealing/subjects.ts'
import { workspaceLink } from '#sealing/workspace-link.ts'
import { collected } from '#tests/bundle/bundles.ts'
import { startServer, type TestServer } from '#tests/support/server.ts'
import { personaStateHash } from '#tests/support/stores.ts'

const folder = mkdtempSync(join(tmpdir(), 'pjai-bundle-server-'))
const patience = 240_000
let server: TestServer

beforeAll(async () => {
  server = await startServer({ dataDir: join(folder, 'data') })
}, patience)
afterAll(() => rmSync(folder, { recursive: true }))

test('[CM7] what a server has of a persona is brought into one file, which says without the server what it said', {
  timeout: patience,
}, async () => {
  const printed: string[] = []
  vi.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line))
  const key = { workspaceId: newId(), secret: newSecret() }
  const remote = await remoteFor(server.url, key, 'laptop')
  const book = { name: 'Glade', entries: [{ keys: ['tea'], content: 'Likes tea.' }] }
  const plan = planImport(Buffer.from(JSON.stringify(book)), 'book.json', { ...key, now: new Date('2026-03-01') })
  if (plan instanceof Error) throw plan
  await bringIn(remote, key.workspaceId, 'book.json', plan, () => {})
  const { personaId } = plan.personas[0]!
  const storeId = `persona_${personaId}`

  // A file of one part, as a device uploads it; what is sealed in it does not matter to who only keeps it.
  const subject = subjectNamed('personaId', personaId)
  const sha256 = 'a'.repeat(64)
  const sealingKey = (await (await keysOfStore(remote, storeId)).toSeal(new Set([subject]))).get(subject)!
  const first = await storeKeysFrom(await storeSecretFrom(await ownerKeyFrom(key.secret), storeId), storeId)
  const blob = `${sealingKey.keyId}/${await blobIdOf(first, subject, { sha256, index: 0 })}`
  const put = await fetch(`${server.url}/api/stores/${storeId}/blobs/${blob}`, {
    method: 'PUT',
    headers: { ...remote.headers, Origin: server.url },
    body: 'sealed bytes',
  })
  expect(put.status).toBe(201)
  const stamped = { attachmentId: 'a1', personaId, actorId: 'ada', deviceId: 'laptop' }
  const log = remoteLog(remote, storeId, personaStoreEvents)
  await log.append([
    attachmentEvents.attachmentAdded({
      ...stamped,
      name: 'tea.png',
      mediaType: 'image/png',
      bytes: 10,
      sha256,
      chunkBytes: 100,
      addedAt: new Date('2026-03-02'),
    }),
    attachmentEvents.attachmentUploaded({ ...stamped, keyId: sealingKey.keyId, uploadedAt: new Date('2026-03-02') }),
  ])
  const facts = await log.read()

  writeFileSync(join(folder, 'passphrase'), 'three otters in a boat')
  const [out, passphrase] = [join(folder, 'glade.persona'), ['--passphrase-file', join(folder, 'passphrase')]]
  const link = workspaceLink(server.url, await inviteTo(remote, key))
  expect(
    await bundleCommand([personaId, '--server', server.url, '--workspace', link, '--out', out, ...passphrase]),
  ).toBe(0)
  expect(printed).toEqual([expect.stringMatching(`glade.persona: ${facts.length} events, 1 parts of files`)])
  expect(readdirSync(folder).toSorted()).toEqual(['data', 'glade.persona', 'passphrase'])
  await server.stop()

  const { manifest, entry } = await openBundle(await fileSource(out))
  expect(manifest).toMatchObject({ storeId, head: { n: facts.length }, counts: { events: facts.length, blobs: 1 } })
  expect(Buffer.from(await collected(entry(`blobs/${blob}`)!.read())).toString()).toBe('sealed bytes')
  expect(readFileSync(out).includes('Likes tea.')).toBe(false)

  expect(await verifyCommand([out])).toBe(0)
  printed.length = 0
  expect(await logCommand([out, '--filter', 'tea.png', ...passphrase])).toBe(0)
  expect(printed).toEqual([expect.stringMatching(/2026-03-02T.* {2}ada {2}laptop {2}Added the file “tea\.png”\.$/)])
  printed.length = 0
  expect(await replayCommand([out, '--out', join(folder, 'state.sqlite'), '--json', ...passphrase])).toBe(0)
  const store = await shadowStore(personaSchema, personaStoreEvents, facts)
  expect(JSON.parse(printed.join(''))).toMatchObject({ head: facts.length, hash: personaStateHash(store) })
  await store.shutdownPromise()
  vi.restoreAllMocks()
})
