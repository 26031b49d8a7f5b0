import { beforeAll, expect, test } from 'vitest'
import type { Entry } from '#proof/chain.ts'
import type { LogPage } from '#proof/log-page.ts'
import type { ConfirmedEvent } from '#schema/stores/hydration.ts'
import { personaSchema } from '#schema/stores/persona-store.ts'
import { sampleWorkspace } from '#schema/stores/sample-workspace.ts'
import { server } from '#tests/bundle/bundles.ts'
import { sealedLogOf } from '#tests/bundle/sealed-bundle.ts'
import { anchorAt, checkpointAt, linked, newSigner, rechained, start } from '#tests/proof/logs.ts'
import { logOf } from '#tests/support/log-events.ts'
import { readServerLog } from '#web/livestore/hydration/server-log.ts'

const options = { workspaceId: 'w1', now: new Date('2026-03-01'), actorId: 'ada', deviceId: 'laptop', cell: 'c1' }
const log = logOf(personaSchema, sampleWorkspace(options).personas[0]!.events)
const pageLength = 7
let sealed: Awaited<ReturnType<typeof sealedLogOf>>

beforeAll(async () => {
  sealed = await sealedLogOf(log)
})

/** A server with these entries; `end`: up to which it signs. */
const serverWith = async (entries: readonly Entry[], end = entries.length) => {
  const newest = await checkpointAt(server, entries[end - 1]!)
  return async (after: number): Promise<LogPage> => {
    const page = entries.slice(after, after + pageLength)
    return {
      start,
      after: { seq: after, hash: null },
      entries: page,
      more: after + page.length < entries.length,
      checkpoints: [newest],
    }
  }
}

const read = async (
  readPage: Parameters<typeof readServerLog>[0]['readPage'],
  more: Partial<Parameters<typeof readServerLog>[0]> = {},
) => {
  const taken: ConfirmedEvent[] = []
  const progress: (readonly [number, number])[] = []
  const verified = await readServerLog({
    storeId: start.storeId,
    keys: sealed.keys,
    readPage,
    witness: { known: undefined, anchors: [] },
    fewest: 3,
    take: async (events, of) => {
      taken.push(...events)
      progress.push([taken.length, of])
    },
    ...more,
  })
  return { verified, taken, progress }
}

test('[HY14] the server’s log is read page by page, opened and verified, up to what the server signed when it was asked', async () => {
  const end = log.length - 2 // the others came meanwhile
  const { verified, taken, progress } = await read(await serverWith(sealed.entries, end))
  expect(verified).toMatchObject({ seq: end, hash: sealed.entries[end - 1]!.hash, start })
  expect(taken).toEqual(
    sealed.entries.slice(0, end).map(({ n, parent, acceptedAt, device, session }, index) => ({
      seqNum: n,
      parentSeqNum: parent,
      name: log[index]!.name,
      args: log[index]!.args,
      receivedAt: acceptedAt,
      clientId: device,
      sessionId: session,
    })),
  )
  expect(progress.at(-1)).toEqual([end, end])
})

test('[HY20] while a page of the log is replayed the next one is opened, and the one after it fetched; the keys to all of it are fetched beside the first page', async () => {
  const happened: string[] = []
  const readPage = await serverWith(sealed.entries)
  await read(
    async (after) => {
      happened.push(`page ${after}`)
      return readPage(after)
    },
    {
      keys: {
        ...sealed.keys,
        generations: () => {
          happened.push('keys')
          return sealed.keys.generations()
        },
      },
      take: async (events) => {
        happened.push(`taken ${events[0]?.seqNum}`)
      },
    },
  )
  expect(happened.slice(0, 8)).toEqual([
    'keys',
    'page 0',
    'page 7',
    'page 14',
    'taken 1',
    'page 21',
    'taken 8',
    'page 28',
  ])
})

test('[HY15] of a log that is short, broken, cut off, contradicted, or does not open or replay, nothing comes back as read', async () => {
  const { entries } = sealed
  expect((await read(await serverWith(entries), { fewest: log.length + 1 })).verified).toBe('short')

  const altered = entries.with(4, { ...entries[4]!, acceptedAt: 1 })
  expect((await read(await serverWith(altered))).verified).toBeInstanceOf(Error)
  const another = rechained(entries.with(4, { ...entries[4]!, args: entries[5]!.args }))
  expect((await read(await serverWith(another))).verified).toBeInstanceOf(Error)

  const whole = await serverWith(entries)
  const cutOff = async (after: number) => ({ ...(await whole(after)), more: false })
  expect((await read(cutOff)).verified).toBeInstanceOf(Error)
  const away = new Error('The server does not answer.')
  expect((await read(async (after) => (after === 0 ? whole(0) : away))).verified).toBe(away)

  const later = { ...entries.at(-1)!, n: log.length + 1, parent: log.length }
  const seen = await checkpointAt(server, linked(entries.at(-1), later))
  const anchors = [await anchorAt(await newSigner(), seen)]
  expect((await read(whole, { witness: { known: undefined, anchors } })).verified).toBeInstanceOf(Error)

  const refused = new Error('Nobody takes it.')
  expect((await read(whole, { take: () => Promise.reject(refused) })).verified).toBe(refused)
})
