import { runInDurableObject } from 'cloudflare:test'
import { env as bindings } from 'cloudflare:workers'
import { expect, test, vi } from 'vitest'
import type { Entry } from '#proof/chain.ts'
import { statementIn } from '#proof/checkpoint.ts'
import { noEvidence } from '#proof/claims.ts'
import type { LogPage } from '#proof/log-page.ts'
import { verifyLog } from '#proof/verify.ts'
import type { PushedEvent } from '#sync-worker/batch-check.ts'
import type { Env } from '#sync-worker/env.ts'
import { isAway } from '#sync-worker/placement/away.ts'
import { objectNameFor } from '#sync-worker/placement.ts'
import { standingHeader } from '#sync-worker/rights/standing.ts'
import { event, outcomeOf, pushOf } from './rpc.ts'

vi.setConfig({ testTimeout: 60_000 }) // hundreds of pushes

const env = bindings as unknown as Env // the pool reads wrangler.toml, and types nothing of it

test('[PF12] what is accepted is chained with who sent it, from which device, when', async () => {
  const storeId = 'persona_chained'
  await push(storeId, 'ada', event(1), event(2))
  await push(storeId, 'boris', event(3, 'from boris', 'phone'))
  const { entries, start } = await page(storeId)
  expect(start).toEqual({ storeId, epoch: 1, logId: expect.stringMatching(/^.{21}$/) })
  expect(entries.map(({ n, actor, device, foundAt }) => [n, actor, device, foundAt])).toEqual([
    [1, 'ada', 'laptop', null],
    [2, 'ada', 'laptop', null],
    [3, 'boris', 'phone', null],
  ])
  expect(JSON.parse(entries[2]?.args ?? '')).toEqual(event(3, 'from boris', 'phone').args)
  expect(entries.every(({ acceptedAt }) => Math.abs(acceptedAt - Date.now()) < 60_000)).toBe(true)
  expect(await verified(storeId)).toMatchObject({ isIntact: true, isComplete: true, events: 3, foundLater: 0 })
})

test('[PF12] a refused push is chained as nobody’s, whoever wanted to push the same place', async () => {
  const storeId = 'persona_race'
  await push(storeId, 'ada', event(1))
  const outcomes = await Promise.all([
    push(storeId, 'ada', event(2, 'mine')),
    push(storeId, 'boris', event(2, 'no, mine')),
  ])
  // The other is behind the head, or meets the winner's row: as it falls.
  expect(outcomes.filter((outcome) => outcome === 'Success')).toHaveLength(1)
  const { entries } = await page(storeId)
  const winner = outcomes[0] === 'Success' ? 'ada' : 'boris'
  expect(entries.map(({ n, actor }) => [n, actor])).toEqual([
    [1, 'ada'],
    [2, winner],
  ])
  expect(await push(storeId, 'boris', event(3))).toBe('Success')
  expect((await page(storeId)).entries[2]?.actor).toBe('boris')
})

test('[PF13] what was accepted and not chained is chained at the next start, as found: by whom is not known', async () => {
  const storeId = 'persona_crashed'
  await push(storeId, 'ada', event(1), event(2), event(3))
  const [first] = (await page(storeId)).entries
  await query(storeId, 'DELETE FROM chain WHERE n > 1') // as a crash between the log and the chain leaves it
  await restart(storeId)
  await push(storeId, 'ada', event(4))
  const { entries } = await page(storeId)
  expect(entries[0]).toEqual(first)
  expect(entries.map(({ actor }) => actor)).toEqual(['ada', null, null, 'ada'])
  expect(entries.map(({ foundAt }) => foundAt !== null)).toEqual([false, true, true, false])
  expect(await verified(storeId)).toMatchObject({ isIntact: true, isComplete: true, foundLater: 2 })
})

test('[PF13] a log older than the chain is chained when its object starts', async () => {
  const storeId = 'persona_old'
  for (let n = 0; n < 6; n++)
    await push(storeId, 'ada', ...Array.from({ length: 100 }, (_, i) => event(n * 100 + i + 1)))
  await query(storeId, 'DROP TABLE chain')
  await query(storeId, 'DROP TABLE checkpoints')
  await restart(storeId)
  expect(await verified(storeId)).toMatchObject({ isIntact: true, isComplete: true, events: 600, foundLater: 600 })
})

test('[PF14] a log that lost its end goes on from what it holds, and says so to nobody: devices tell', async () => {
  const storeId = 'persona_shortened'
  await push(storeId, 'ada', event(1), event(2), event(3))
  const before = (await page(storeId)).checkpoints.at(-1)!
  await query(storeId, 'DELETE FROM "eventlog_7_persona_shortened" WHERE seqNum > 1')
  await restart(storeId)
  await push(storeId, 'ada', event(2, 'another second'))
  expect(await verified(storeId)).toMatchObject({ isIntact: true, isComplete: true, events: 2 })
  const held = { ...noEvidence, checkpoints: [before], serverKeys: [before.publicKey] }
  const { entries, start } = await page(storeId)
  expect((await verifyLog(entries, start, held)).findings[0]).toMatchObject({ kind: 'truncated', seq: 2, to: 3 })
})

test('[PF15] every 256 events a checkpoint is kept, and one of the last event is signed for whoever asks', async () => {
  const storeId = 'persona_many'
  for (let n = 0; n < 6; n++)
    await push(storeId, 'ada', ...Array.from({ length: 100 }, (_, i) => event(n * 100 + i + 1)))
  const seqsIn = ({ checkpoints }: LogPage) => checkpoints.map((checkpoint) => statementIn(checkpoint)?.seq)
  expect(seqsIn(await page(storeId))).toEqual([256, 512, 600])
  expect(seqsIn(await page(storeId, 0, 300))).toEqual([256, 600])
  expect(seqsIn(await page(storeId, 300, 300))).toEqual([512, 600])
  expect(seqsIn(await page(storeId, 600))).toEqual([600])
  const kept = await query(storeId, 'SELECT seq FROM checkpoints ORDER BY seq')
  expect(kept.map(({ seq }) => seq)).toEqual([256, 512])
})

test('[PF16] a page holds as many entries as were asked for and a megabyte has room for, and where to read on', async () => {
  const storeId = 'persona_paged'
  const large = (n: number) => event(n, 'x'.repeat(300_000))
  for (const n of [1, 2, 3, 4, 5]) await push(storeId, 'ada', large(n))
  const sizes: number[] = []
  for (let after = 0; after < 5; after += sizes.at(-1) ?? 5) {
    const next = await page(storeId, after)
    expect(JSON.stringify(next).length).toBeLessThanOrEqual(1_000_000)
    expect(next.after).toEqual({ seq: after, hash: expect.stringMatching(/^[0-9a-f]{64}$/) })
    sizes.push(next.entries.length)
    expect(next.more).toBe(after + next.entries.length < 5)
  }
  expect(sizes).toEqual([2, 2, 1])
  expect((await page(storeId, 3, 1)).entries.map(({ n }) => n)).toEqual([4])
  expect(await page(storeId, 99)).toMatchObject({ after: { seq: 99, hash: null }, entries: [], more: false })
  expect(await page('persona_nothing')).toMatchObject({
    entries: [],
    more: false,
    checkpoints: [],
    start: { logId: '' },
  })
})

test('[PF16] whoever reads too fast is refused, and nobody else', async () => {
  const storeId = 'persona_flooded'
  await push(storeId, 'ada', event(1))
  const reads = await Promise.all(Array.from({ length: 200 }, () => objectOf(storeId).readLog(0, 1, 'hasty')))
  expect(reads.filter((read) => read === 'TooManyPages').length).toBeGreaterThan(0)
  expect(await page(storeId)).toMatchObject({ entries: [{ n: 1 }] })
})

const verified = async (storeId: string) => {
  const entries: Entry[] = []
  for (;;) {
    const { entries: read, more, start, checkpoints } = await page(storeId, entries.length, 250)
    entries.push(...read)
    if (!more) {
      const serverKeys = checkpoints.map(({ publicKey }) => publicKey)
      return verifyLog(entries, start, { ...noEvidence, checkpoints, serverKeys })
    }
  }
}

const page = async (storeId: string, after = 0, limit = 1000): Promise<LogPage> => {
  const read = await objectOf(storeId).readLog(after, limit, 'reader')
  if (read === 'TooManyPages' || isAway(read)) throw new Error('no page')
  return read
}

const push = async (storeId: string, accountId: string, ...batch: readonly PushedEvent[]) => {
  const standing = { accountId, sessionId: 's1', role: 'owner', shareIds: [], until: Number.MAX_SAFE_INTEGER }
  const response = await objectOf(storeId).fetch(`https://pjai/sync?storeId=${storeId}&transport=http`, {
    method: 'POST',
    body: pushOf(storeId, batch),
    headers: { [standingHeader]: JSON.stringify(standing) },
  })
  return outcomeOf(response)
}

const query = (storeId: string, sql: string) =>
  runInDurableObject(objectOf(storeId), (_, { storage }) => storage.sql.exec(sql).toArray())

const restart = (storeId: string) =>
  expect(runInDurableObject(objectOf(storeId), (_, state) => state.abort('restart'))).rejects.toThrow('restart')

const objectOf = (storeId: string) => env.STORE_LOG.getByName(objectNameFor(storeId))
