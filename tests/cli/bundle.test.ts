import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { openSecrets, sealSecrets } from '#bundle/secrets.ts'
import { diffCommand } from '#cli/diff-command.ts'
import { importCommand } from '#cli/import-command.ts'
import { logCommand } from '#cli/log-command.ts'
import { replayCommand } from '#cli/replay-command.ts'
import { showCommand } from '#cli/show-command.ts'
import { verifyCommand } from '#cli/verify-command.ts'
import { personaSchema } from '#schema/stores/persona-store.ts'
import { hashOfTables } from '#schema/stores/state-hash.ts'
import { hashesOf } from '#schema/stores/state-tables.ts'
import { sealedBundleOf } from '#tests/bundle/sealed-bundle.ts'
import { logOf } from '#tests/support/log-events.ts'
import { openDatabase } from '#tests/support/replays.ts'
import { sampleEvents } from '#tests/support/sample-log.ts'
import { personaStateHash, personaStoreWith } from '#tests/support/stores.ts'

const log = logOf(personaSchema, sampleEvents)

const folder = mkdtempSync(join(tmpdir(), 'pjai-bundle-cli-'))
const at = (name: string) => join(folder, name)
const [bundle, passphrase] = [at('ada.persona'), ['--passphrase-file', at('passphrase')]]

beforeAll(async () => {
  writeFileSync(at('passphrase'), 'three otters in a boat\n')
  writeFileSync(bundle, await sealedBundleOf(log, 'three otters in a boat'))
})
afterAll(() => rmSync(folder, { recursive: true }))

let printed: string[] = []
let said: string[] = []
beforeEach(() => {
  printed = []
  said = []
  vi.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line))
  vi.spyOn(console, 'error').mockImplementation((line: string) => void said.push(line))
  return () => vi.restoreAllMocks()
})

const json = () => JSON.parse(printed.join('\n'))

test('[CM2] verify needs no passphrase: two verdicts, and exit code 0 for what is intact and complete', async () => {
  expect(await verifyCommand([bundle])).toBe(0)
  expect(printed.join('\n')).toMatch(
    new RegExp(`the log of persona_ada, ${log.length} events\n +intact +yes.*\n +complete +yes`),
  )
  printed = []
  expect(await verifyCommand([bundle, '--json'])).toBe(0)
  expect(json()).toMatchObject({ isIntact: true, isComplete: true, events: log.length, findings: [], sentences: [] })
})

test('[CM2] verify ends with 1 and names the entry of a bundle that is broken', async () => {
  const bytes = readFileSync(bundle)
  const place = bytes.indexOf('"args":"{') + 40
  bytes[place] = bytes[place] === 65 ? 66 : 65
  writeFileSync(at('broken.persona'), bytes)
  expect(await verifyCommand([at('broken.persona')])).toBe(1)
  expect(printed.join('\n')).toMatch(
    /intact +NO\n[\s\S]*events\.ndjson \(bytes \d+ to \d+\)[\s\S]*- Event 1 is not what was chained/,
  )
})

test('[CM2] with the key of another server, verify believes nothing that the bundle’s own signed', async () => {
  expect(await verifyCommand([bundle, '--server-key', 'A'.repeat(43), '--json'])).toBe(1)
  expect(json()).toMatchObject({
    isIntact: false,
    findings: [{ kind: 'wrongKey', seq: log.length }, { kind: 'unattested' }],
  })
})

test('[CM2] what is no bundle, or cut, is refused with the file, the entry and the byte', async () => {
  writeFileSync(at('text.persona'), 'Dear Ada')
  await expect(verifyCommand([at('text.persona')])).rejects.toThrow(/text\.persona: at byte 0: This is no ZIP/)
  writeFileSync(at('cut.persona'), readFileSync(bundle).subarray(0, 5000))
  await expect(verifyCommand([at('cut.persona')])).rejects.toThrow(/cut\.persona: at byte 5000, in events\.ndjson/)
  await expect(verifyCommand([at('gone.persona')])).rejects.toMatchObject({
    exitCode: 2,
    message: expect.stringMatching(/no file/),
  })
})

test('[CM3] replay writes the state that LiveStore makes of the log, and tells its hashes', async () => {
  const out = at('state.sqlite')
  expect(await replayCommand([bundle, '--out', out, '--json', ...passphrase])).toBe(0)
  const store = await personaStoreWith(sampleEvents)
  expect(json()).toMatchObject({ head: log.length, hash: personaStateHash(store), skipped: {} })
  await store.shutdownPromise()
  const db = openDatabase(new Uint8Array(readFileSync(out)))
  const tables = hashesOf(personaSchema, db.all)
  db.close()
  expect(json()).toMatchObject({ hash: hashOfTables(tables), tables: Object.fromEntries(tables) })
})

test('[CM3] replay ends after the event, or the time, that it is told', async () => {
  const out = at('early.sqlite')
  expect(await replayCommand([bundle, '--to', '7', '--out', out, '--json', ...passphrase])).toBe(0)
  const store = await personaStoreWith(sampleEvents.slice(0, 7))
  expect(json()).toMatchObject({ head: 7, hash: personaStateHash(store) })
  await store.shutdownPromise()
  printed = []
  expect(await replayCommand([bundle, '--to', '1970-01-02', '--out', out, '--json', ...passphrase])).toBe(0)
  expect(json()).toMatchObject({ head: 0 })
  await expect(replayCommand([bundle, '--to', 'soon', '--out', out, ...passphrase])).rejects.toMatchObject({
    exitCode: 2,
  })
})

test('[CM4] log prints who did what, when and from which device, all or what is asked for, also as JSON', async () => {
  expect(await logCommand([bundle, ...passphrase])).toBe(0)
  expect(printed).toHaveLength(log.length)
  expect(printed[0]).toMatch(/^1 {2}20\d\d-.*Z {2}ada {2}laptop {2}Created the persona “/)
  printed = []
  expect(await logCommand([bundle, '--filter', 'PERSONACREATED', '--json', ...passphrase])).toBe(0)
  expect(json()).toMatchObject([{ n: 1, who: 'ada', device: 'laptop', account: 'account1', name: 'v1.PersonaCreated' }])
  printed = []
  expect(await logCommand([bundle, '--filter', 'no such thing', '--json', ...passphrase])).toBe(0)
  expect(json()).toEqual([])
})

test('[CM4] what was erased stands in the log as nothing that anybody can read', async () => {
  const added = log.find(({ name }) => name === 'v1.MemoryAdded')!
  const { memoryId } = added.args as { memoryId: string }
  writeFileSync(at('erased.persona'), await sealedBundleOf(log, 'three otters in a boat', { erased: [memoryId] }))
  expect(await verifyCommand([at('erased.persona')])).toBe(0)
  printed = []
  expect(await logCommand([at('erased.persona'), ...passphrase])).toBe(0)
  expect(printed[added.seqNum - 1]).toMatch(/Was erased: nobody can read it/)
})

test('[CM5] without the passphrase, or with another, contents stay closed, and it is said', async () => {
  writeFileSync(at('wrong'), 'four otters')
  const opened = logCommand([bundle, '--passphrase-file', at('wrong')])
  await expect(opened).rejects.toMatchObject({
    exitCode: 1,
    message: expect.stringMatching(/ada\.persona: .*do not open/),
  })
  await expect(logCommand([bundle])).rejects.toMatchObject({
    exitCode: 2,
    message: expect.stringMatching(/--passphrase-file/),
  })
  vi.stubEnv('PJAI_PASSPHRASE', 'three otters in a boat')
  expect(await logCommand([bundle, '--filter', 'personacreated'])).toBe(0)
  vi.unstubAllEnvs()
})

test('[CM5] secrets are sealed for recipients too, and open for each of them alone', async () => {
  const [ada, bob, eve] = [
    await generateX25519Identity(),
    await generateX25519Identity(),
    await generateX25519Identity(),
  ]
  const secrets = { format: 'pjai secrets 1', storeId: 'persona_ada', secrets: [] } as const
  const recipients = [await identityToRecipient(ada), await identityToRecipient(bob)]
  const sealed = await sealSecrets(secrets, { recipients })
  for (const identity of [ada, bob]) expect(await openSecrets(sealed, 'persona_ada', { identity })).toEqual(secrets)
  expect(await openSecrets(sealed, 'persona_ada', { identity: eve })).toMatchObject({ _tag: 'SecretsClosed' })
  expect(await openSecrets(sealed, 'persona_bob', { identity: ada })).toMatchObject({ _tag: 'SecretsClosed' })
})

test('[CM6] a bundle that is broken is still read, and it is said that it is', async () => {
  const bytes = readFileSync(bundle)
  const place = bytes.indexOf('"device":"laptop"') + 10
  bytes.write('lantop', place)
  writeFileSync(at('bent.persona'), bytes)
  expect(await logCommand([at('bent.persona'), ...passphrase])).toBe(0)
  expect(printed).toHaveLength(log.length)
  expect(said).toContainEqual(expect.stringMatching(/bent\.persona is broken: “verify” says where/))
})

const firstMemory = log.find(({ name }) => name === 'v1.MemoryAdded')!
const { memoryId, content } = firstMemory.args as { readonly memoryId: string; readonly content: string }

test('[CM8] diff says what changed from one event to another, and back', async () => {
  const [before, after] = [String(firstMemory.seqNum - 1), String(firstMemory.seqNum)]
  expect(await diffCommand([bundle, before, after, '--json', ...passphrase])).toBe(0)
  expect(json().things).toMatchObject([{ kind: 'memory', id: memoryId, change: 'added' }])
  printed = []
  expect(await diffCommand([bundle, after, before, ...passphrase])).toBe(0)
  expect(printed.join('\n')).toMatch(
    new RegExp(`memories: 0 added, 0 changed, 1 removed\n[^]*removed memory ${memoryId}`),
  )
  printed = []
  expect(await diffCommand([bundle, after, after, ...passphrase])).toBe(0)
  expect(printed).toEqual([`Nothing changed from event ${after} to event ${after}.`])
  await expect(diffCommand([bundle, '0', '99999', ...passphrase])).rejects.toThrow(/no event 99999: the last one is/)
})

test('[CM9] show gives a memory as it was after an event, and says when it was not there', async () => {
  const at = firstMemory.seqNum
  expect(await showCommand([bundle, 'memory', memoryId, '--at', String(at), ...passphrase])).toBe(0)
  expect(json()).toMatchObject({
    kind: 'memory',
    id: memoryId,
    at,
    rows: { memories: [{}], memoryBodies: [{ content }] },
  })
  const early = showCommand([bundle, 'memory', memoryId, '--at', String(at - 1), ...passphrase])
  await expect(early).rejects.toThrow(`After event ${at - 1} there is no memory ${memoryId}`)
})

test('[CM10] a file becomes a bundle that verifies, signed by a key that is made once and kept', async () => {
  const book = { name: 'Glade', entries: [{ keys: ['tea'], content: 'Likes tea.' }] }
  writeFileSync(at('book.json'), JSON.stringify(book))
  const into = (out: string) => ['--out', at(out), '--key', at('key.jwk'), '--json', ...passphrase]
  expect(await importCommand([at('book.json'), ...into('glade.persona')])).toBe(0)
  const { serverKey, memories } = json()
  expect(memories).toBe(1)
  expect(statSync(at('key.jwk')).mode & 0o077).toBe(0)
  printed = []
  expect(await verifyCommand([at('glade.persona'), '--server-key', serverKey])).toBe(0)
  printed = []
  expect(await logCommand([at('glade.persona'), '--json', ...passphrase])).toBe(0)
  expect(json()).toMatchObject([{ sentence: 'Created the persona “Glade”.' }, { sentence: 'Imported a memory.' }])
  printed = []
  expect(await importCommand([at('book.json'), ...into('again.persona')])).toBe(0)
  expect(json()).toMatchObject({ serverKey })
})

test('[CM10] of what is more than one persona no bundle is made, nor with a key that is none', async () => {
  for (const name of ['Glade', 'Fern'])
    writeFileSync(at(`${name}.json`), JSON.stringify({ name, entries: [{ keys: ['tea'], content: name }] }))
  const both = [at('Glade.json'), at('Fern.json'), '--out', at('both.persona'), ...passphrase]
  await expect(importCommand([...both, '--key', at('key.jwk')])).rejects.toThrow(/2 personas, and a bundle holds one/)
  await expect(importCommand([...both, '--into', 'ada', '--key', at('Fern.json')])).rejects.toThrow(/holds no key/)
  expect(readdirSync(folder)).not.toContain('both.persona')
  expect(await importCommand([...both, '--into', 'ada', '--key', at('key.jwk')])).toBe(0)
  printed = []
  expect(await verifyCommand([at('both.persona')])).toBe(0)
})

test('[CM6] an event that does not open is named, and so is the key that is missing', async () => {
  writeFileSync(at('lost.persona'), await sealedBundleOf(log, 'three otters in a boat', { lost: [memoryId] }))
  const read = logCommand([at('lost.persona'), ...passphrase])
  await expect(read).rejects.toThrow(
    new RegExp(`lost\\.persona: Event ${firstMemory.seqNum} does not open: its key [\\w-]{22} is not in the table`),
  )
})
