import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { replayToFile } from '#cli/replay-file.ts'
import { personaSchema } from '#schema/stores/persona-store.ts'
import { hashOfTables } from '#schema/stores/state-hash.ts'
import { hashesOf } from '#schema/stores/state-tables.ts'
import { logOf } from '#tests/support/log-events.ts'
import { openDatabase } from '#tests/support/replays.ts'
import { sampleEvents } from '#tests/support/sample-log.ts'
import { personaStateHash, personaStoreWith } from '#tests/support/stores.ts'

const log = logOf(personaSchema, sampleEvents)

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pjai-replay-'))
})
afterEach(() => rm(folder, { recursive: true }))

test('[RP17] a log is written as a SQLite file that holds the state LiveStore makes of it, and its hash is told', async () => {
  const out = join(folder, 'state.sqlite')
  const replayed = await replayToFile('persona', log, out)
  if (replayed instanceof Error) throw replayed
  const store = await personaStoreWith(sampleEvents)
  expect(replayed).toMatchObject({ head: log.length, hash: personaStateHash(store) })
  await store.shutdownPromise()
  const db = openDatabase(new Uint8Array(await readFile(out)))
  expect(hashOfTables(hashesOf(personaSchema, db.all))).toBe(replayed.hash)
  expect(db.all('pragma integrity_check')).toEqual([{ integrity_check: 'ok' }])
  db.close()
})

test('[RP18] a log with an event that cannot be replayed writes no file', async () => {
  const out = join(folder, 'state.sqlite')
  const broken = log.map((event) => (event.seqNum === 9 ? { ...event, args: null } : event))
  expect(await replayToFile('persona', broken, out)).toMatchObject({ _tag: 'EventNotReplayed', seqNum: 9 })
  await expect(stat(out)).rejects.toThrow('ENOENT')
})
