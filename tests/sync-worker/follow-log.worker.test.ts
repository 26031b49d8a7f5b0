import { runInDurableObject } from 'cloudflare:test'
import { env as bindings } from 'cloudflare:workers'
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import { expect, test, vi } from 'vitest'
import { type Entry, linkHash } from '#proof/chain.ts'
import { anchorText } from '#proof/checkpoint.ts'
import { findingSentence } from '#proof/findings.ts'
import { type Followed, followLog, type VerifiedLog, type Witness } from '#proof/follow-log.ts'
import { ed25519, signText } from '#proof/signed-text.ts'
import type { Env } from '#sync-worker/env.ts'
import { isAway } from '#sync-worker/placement/away.ts'
import { objectNameFor } from '#sync-worker/placement.ts'
import { standingHeader } from '#sync-worker/rights/standing.ts'
import { event, outcomeOf, pushOf } from './rpc.ts'

vi.setConfig({ testTimeout: 60_000 })

const env = bindings as unknown as Env // the pool reads wrangler.toml, and types nothing of it

// What is done to the server here is done to the tables on its disk, as whoever runs it could.

test('[PF21] a device follows a log from where it was, page by page, and finds nothing wrong', async () => {
  const storeId = 'persona_followed'
  await push(storeId, 1, 40)
  const first = await sound(storeId)
  expect(first.seq).toBe(40)
  expect(await sound(storeId, first)).toEqual({ ...first, checkpoint: expect.anything() })
  await push(storeId, 41, 90)
  expect((await sound(storeId, first)).seq).toBe(90)
  expect(await follow('persona_unborn')).toMatchObject({ verified: undefined, contradictions: [] })
})

test('[PF22] a server that changed an event of the past is found out, and the place is named', async () => {
  const storeId = 'persona_changed'
  await push(storeId, 1, 30)
  const seen = await sound(storeId)
  await tamper(storeId, `UPDATE "eventlog_7_${storeId}" SET clientId = 'elsewhere' WHERE seqNum = 12`)
  const device = await newDevice()
  const anchors = [await device.anchor(seen)]
  const fresh = await follow(storeId, { anchors }) // another device of the same person, which never looked
  expect(fresh.contradictions).toEqual([{ kind: 'changed', seq: 12, what: 'event' }])
})

test('[PF22] a server that rewrote history and chained it anew is found out by who saw more', async () => {
  const storeId = 'persona_rewritten'
  await push(storeId, 1, 30)
  const early = await sound(storeId)
  await push(storeId, 31, 60)
  const seen = await sound(storeId, early)
  await rewriteFrom(storeId, 45)
  const { contradictions, verified } = await follow(storeId, { known: seen })
  expect(contradictions[0]).toEqual({ kind: 'rewritten', seq: 60, after: 0, by: 'memory' })
  expect(verified?.seq).toBe(60)
  const device = await newDevice()
  const anchors = [await device.anchor(early), await device.anchor(seen)]
  const elsewhere = await follow(storeId, { anchors }) // by what another device wrote into the workspace's log
  expect(elsewhere.contradictions[0]).toEqual({ kind: 'rewritten', seq: 60, after: 30, by: 'anchor' })
  expect(findingSentence(elsewhere.contradictions[0]!)).toContain('between events 31 and 60')
})

test('[PF22] a server that cut off the end is found out, also after it went on', async () => {
  const storeId = 'persona_cut'
  await push(storeId, 1, 30)
  const seen = await sound(storeId)
  await tamper(storeId, `DELETE FROM "eventlog_7_${storeId}" WHERE seqNum > 20`)
  expect((await follow(storeId, { known: seen })).contradictions).toEqual([
    { kind: 'truncated', seq: 20, to: 30, by: 'memory' },
  ])
  await push(storeId, 21, 35, 'another end')
  expect((await follow(storeId, { known: seen })).contradictions[0]).toMatchObject({ kind: 'rewritten', seq: 30 })
})

test('[PF22] a server that tells two devices two histories is found out by the first anchor they share', async () => {
  const storeId = 'persona_forked'
  await push(storeId, 1, 20)
  await push(storeId, 21, 30, 'for the one')
  const one = await sound(storeId)
  await tamper(storeId, `DELETE FROM "eventlog_7_${storeId}" WHERE seqNum > 20`)
  await push(storeId, 21, 40, 'for the other')
  const device = await newDevice()
  expect((await follow(storeId)).contradictions).toEqual([]) // alone, the other cannot know
  const { contradictions } = await follow(storeId, { anchors: [await device.anchor(one)] })
  expect(contradictions[0]).toEqual({ kind: 'rewritten', seq: 30, after: 0, by: 'anchor' })
})

test('[PF22] a server that keeps back what it had confirmed is found out', async () => {
  const storeId = 'persona_withheld'
  await push(storeId, 1, 10)
  expect((await follow(storeId, { confirmed: 12 })).contradictions).toEqual([
    { kind: 'truncated', seq: 10, to: 12, by: 'memory' },
  ])
})

test('[PF23] a server that lost its log and was given it again is said to have begun anew', async () => {
  const storeId = 'persona_lost'
  await push(storeId, 1, 10)
  const seen = await sound(storeId)
  for (const table of [`eventlog_7_${storeId}`, 'context_7', 'chain', 'checkpoints'])
    await tamper(storeId, `DROP TABLE "${table}"`, { restart: table === 'checkpoints' })
  expect((await follow(storeId, { known: seen })).contradictions[0]).toMatchObject({ kind: 'begunAnew', seq: 10 })
  await push(storeId, 1, 10)
  const { contradictions } = await follow(storeId, { known: seen })
  expect(contradictions[0]).toEqual({ kind: 'begunAnew', logId: seen.start.logId, seq: 10, by: 'memory' })
})

test('[PF21] a server that does not answer leaves what is known as it is', async () => {
  const away = await followLog(async () => new Error('Nobody answers.'), witness)
  expect(away).toEqual(new Error('Nobody answers.'))
})

const witness: Witness = { known: undefined, anchors: [], confirmed: 0 }

const follow = async (storeId: string, seen: Partial<Witness> = {}): Promise<Followed> => {
  const read = async (after: number) => {
    const page = await objectOf(storeId).readLog(after, 16, crypto.randomUUID())
    return page === 'TooManyPages' || isAway(page) ? new Error('no page') : page
  }
  const followed = await followLog(read, { ...witness, ...seen })
  if (followed instanceof Error) throw followed
  return followed
}

const sound = async (storeId: string, known?: VerifiedLog): Promise<VerifiedLog> => {
  const { verified, contradictions } = await follow(storeId, { known })
  expect(contradictions).toEqual([])
  return verified!
}

const newDevice = async () => {
  const pair = (await crypto.subtle.generateKey(ed25519, true, ['sign', 'verify'])) as CryptoKeyPair // of an algorithm with two keys
  const raw = new Uint8Array((await crypto.subtle.exportKey('raw', pair.publicKey)) as ArrayBuffer) // asked for raw
  const devicePublicKey = Buffer.from(raw).toString('base64url')
  return {
    anchor: async ({ checkpoint }: VerifiedLog) => ({
      checkpoint,
      deviceId: 'laptop',
      devicePublicKey,
      deviceSignature: await signText(pair.privateKey, anchorText('laptop', checkpoint)),
    }),
  }
}

/** Another device is said to have written an event, and every hash from there on is made to fit. */
const rewriteFrom = async (storeId: string, n: number) => {
  const page = await objectOf(storeId).readLog(0, 1000, 'forger')
  if (page === 'TooManyPages' || isAway(page)) throw new Error('no page')
  await tamper(storeId, `UPDATE "eventlog_7_${storeId}" SET clientId = 'forged' WHERE seqNum = ${n}`)
  let previous = page.entries[n - 2] as Entry
  for (const entry of page.entries.slice(n - 1)) {
    const forged = entry.n === n ? { ...entry, device: 'forged' } : entry
    previous = { ...forged, hash: bytesToHex(linkHash(hexToBytes(previous.hash), forged)) }
    await tamper(storeId, `UPDATE chain SET hash = '${previous.hash}' WHERE n = ${entry.n}`, {
      restart: entry.n === 60,
    })
  }
}

const tamper = async (storeId: string, sql: string, { restart = true } = {}) => {
  await runInDurableObject(objectOf(storeId), (_, { storage }) => storage.sql.exec(sql).toArray())
  if (!restart) return
  await expect(runInDurableObject(objectOf(storeId), (_, state) => state.abort('restart'))).rejects.toThrow('restart')
}

const push = async (storeId: string, from: number, to: number, text = 'note') => {
  const standing = { accountId: 'ada', sessionId: 's1', role: 'owner', shareIds: [], until: Number.MAX_SAFE_INTEGER }
  const batch = Array.from({ length: to - from + 1 }, (_, index) => event(from + index, `${text} ${from + index}`))
  const response = await objectOf(storeId).fetch(`https://pjai/sync?storeId=${storeId}&transport=http`, {
    method: 'POST',
    body: pushOf(storeId, batch),
    headers: { [standingHeader]: JSON.stringify(standing) },
  })
  expect(await outcomeOf(response)).toBe('Success')
}

const objectOf = (storeId: string) => env.STORE_LOG.getByName(objectNameFor(storeId))
