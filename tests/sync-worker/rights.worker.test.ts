import { runInDurableObject } from 'cloudflare:test'
import { env as bindings } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import { joinAccounts } from '#sync-worker/accounts/join-accounts.ts'
import { createPairing, usePairing } from '#sync-worker/accounts/pairings.ts'
import { pruneSessions } from '#sync-worker/accounts/prune-sessions.ts'
import { serverSecret } from '#sync-worker/accounts/secret.ts'
import { sessionOf } from '#sync-worker/accounts/session.ts'
import type { Env } from '#sync-worker/env.ts'
import { objectNameFor } from '#sync-worker/placement.ts'
import { accessesOf, recordAccess } from '#sync-worker/rights/access-log.ts'
import { enter } from '#sync-worker/rights/enter.ts'
import { hashOf } from '#sync-worker/rights/hash.ts'
import { roleOf } from '#sync-worker/rights/role.ts'
import { standingHeader } from '#sync-worker/rights/standing.ts'
import { claim } from '#sync-worker/rights/stores.ts'
import { ensureTables } from '#sync-worker/tables.ts'
import { event, outcomeOf, pushOf } from './rpc.ts'

const env = bindings as unknown as Env // the pool reads wrangler.toml, and types nothing of it
const db = env.DB
const now = Date.UTC(2026, 10, 21)
const hour = 3_600_000

// As better-auth makes them; the built server's tests run with its own.
beforeAll(async () => {
  await ensureTables(db)
  await db.batch([
    db.prepare('CREATE TABLE user (id TEXT PRIMARY KEY, isAnonymous INTEGER)'),
    db.prepare('CREATE TABLE session (id TEXT PRIMARY KEY, token TEXT, userId TEXT, expiresAt TEXT, updatedAt TEXT)'),
  ])
  for (const name of ['ann', 'ben', 'cem']) await signIn(name)
})

test('[AC10] a session that has expired is none', async () => {
  const request = await signed('ann-token')
  expect(await sessionOf(request, db, now)).toEqual({
    sessionId: 'ann-session',
    accountId: 'ann',
    isAnonymous: true,
    isLocal: false,
    expiresAt: now + hour,
  })
  expect(await sessionOf(request, db, now + hour - 1)).toBeDefined()
  expect(await sessionOf(request, db, now + hour)).toBeUndefined()
})

test('[AC1] over https the cookie is the one that only https carries', async () => {
  const cookie = (await signed('ann-token')).headers.get('Cookie') ?? ''
  const overHttps = (name: string) =>
    sessionOf(new Request('https://pjai', { headers: { Cookie: name + cookie } }), db, now)
  expect(await overHttps('')).toBeUndefined()
  expect(await overHttps('__Secure-')).toBeDefined()
})

test('[AC8] a pairing code holds for ten minutes', async () => {
  const call = {
    env,
    params: {},
    newId: () => 'thecode',
    waitUntil: () => undefined,
    request: post({ code: 'thecode' }),
    session: sessionFor('ann'),
  }
  await createPairing({ ...call, now })
  const late = await usePairing({ ...call, session: sessionFor('ben'), now: now + 600_000 })
  expect([late.status, await late.json()]).toMatchObject([410, { error: { code: 'PairingExpired' } }])
})

test('[RI1] of two that claim a store at once one owns it, for ever', async () => {
  await Promise.all([claim(db, 'persona_both', 'ann', now).run(), claim(db, 'persona_both', 'ben', now).run()])
  const rights = await Promise.all(['ann', 'ben'].map((name) => roleOf(db, name, 'persona_both', now)))
  expect(rights.filter((right) => right?.role === 'owner')).toHaveLength(1)
  expect(rights.filter((right) => right === undefined)).toHaveLength(1)
})

test('[RI8] of several shares the strongest counts, as long as it holds', async () => {
  await share('viewing', { role: 'viewer' })
  await share('auditing', { role: 'auditor', expiresAt: now + 3 * hour })
  await share('editing', { role: 'editor', expiresAt: now + hour })
  await share('longer', { role: 'editor', expiresAt: now + 2 * hour })
  const at = async (hours: number) => (await roleOf(db, 'ben', 'persona_several', now + hours * hour))?.shareIds
  expect([await at(0), await at(1), await at(2), await at(3)]).toEqual([
    ['longer'],
    ['longer'],
    ['auditing'],
    ['viewing'],
  ])
  await db.prepare("UPDATE shares SET revokedAt = 1 WHERE shareId = 'longer'").run()
  expect([await at(0), await at(1)]).toEqual([['editing'], ['auditing']])
})

test('[RI7] what was shared on ends with the sooner of the two', async () => {
  await share('given', {
    role: 'editor',
    canShare: 1,
    expiresAt: now + hour,
    accountId: 'cem',
    storeId: 'persona_chain',
  })
  await share('onward', { role: 'viewer', expiresAt: now + 2 * hour, parentId: 'given', storeId: 'persona_chain' })
  expect(await roleOf(db, 'ben', 'persona_chain', now)).toEqual({
    role: 'viewer',
    canShare: false,
    redacted: false,
    shareIds: ['onward', 'given'],
    until: now + hour,
  })
  expect(await roleOf(db, 'ben', 'persona_chain', now + hour)).toBeUndefined()
})

test('[AU3] of several rights a redacted audit is the weakest, and a share from before there were any is none', async () => {
  const storeId = 'persona_before'
  const older = { batch: db.batch.bind(db), prepare: db.prepare.bind(db) } as unknown as D1Database // the same, not known yet
  await enter(env, sessionFor('ann'), storeId, now)
  await db.prepare('ALTER TABLE shares DROP COLUMN redacted').run()
  await share('before', { role: 'auditor', storeId, accountId: 'cem', expiresAt: now + hour })
  await ensureTables(older)
  expect(await roleOf(db, 'cem', storeId, now)).toMatchObject({ role: 'auditor', redacted: false })
  await share('looking', { role: 'auditor', storeId, accountId: 'cem' })
  await db.prepare("UPDATE shares SET redacted = 1 WHERE shareId = 'looking'").run()
  await share('reading', { role: 'viewer', storeId, accountId: 'cem', expiresAt: now + hour })
  expect(await roleOf(db, 'cem', storeId, now)).toMatchObject({ role: 'auditor', redacted: false })
  await db.prepare("UPDATE shares SET revokedAt = 1 WHERE shareId = 'before'").run()
  expect(await roleOf(db, 'cem', storeId, now)).toMatchObject({ role: 'viewer', redacted: false })
  expect(await roleOf(db, 'cem', storeId, now + hour)).toMatchObject({ role: 'auditor', redacted: true })
  expect(await enter(env, sessionFor('cem'), storeId, now + hour)).toBe('AuditIsRedacted')
})

test('[RI3] of a token only its hash is stored', () => {
  expect(hashOf('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad') // FIPS 180-4
})

test('[RI11] the access log keeps the newest ten thousand, by page, and the same within ten minutes once', async () => {
  const storeId = 'persona_logged'
  const access = { storeId, accountId: 'ann', sessionId: 's', what: 'store opened', why: '' } as const
  await recordAccess(db, access, now)
  expect(await accessesOf(db, storeId, 9e9, 10)).toEqual([]) // nobody owns it
  await claim(db, storeId, 'ann', now).run()
  for (const minutes of [0, 5, 9.9, 10.1]) await recordAccess(db, access, now + minutes * 60_000)
  expect((await accessesOf(db, storeId, 9e9, 10)).map(({ at }) => at)).toEqual([now + 606_000, now])

  await db
    .prepare(
      `INSERT INTO accessLog SELECT ?, value, ?, '', '', 'old', value FROM (
         WITH RECURSIVE n (value) AS (SELECT 3 UNION ALL SELECT value + 1 FROM n WHERE value < 10000) SELECT value FROM n)`,
    )
    .bind(storeId, now)
    .run()
  await recordAccess(db, { ...access, why: 'one' }, now)
  await recordAccess(db, { ...access, why: 'two' }, now)
  const { results } = await db
    .prepare('SELECT count(*) AS n, min(seq) AS first, max(seq) AS last FROM accessLog WHERE storeId = ?')
    .bind(storeId)
    .all()
  expect(results).toEqual([{ n: 10_000, first: 3, last: 10_002 }])
  expect((await accessesOf(db, storeId, 10_001, 2)).map(({ seq }) => seq)).toEqual([10_000, 9999])
})

test('[RI15] what an account did in access logs moves along to the account it joins', async () => {
  const storeId = 'persona_followed'
  await claim(db, storeId, 'cem', now).run()
  await recordAccess(db, { storeId, accountId: 'dan', sessionId: 's', what: 'connect refused', why: 'NoRight' }, now)
  await joinAccounts(env, { from: 'dan', to: 'eve' })
  expect((await accessesOf(db, storeId, 9e9, 10)).map(({ accountId }) => accountId)).toEqual(['eve'])
})

test('[AC20] sessions that have expired are removed, at most once an hour', async () => {
  const then = now - 24 * hour // before the session of anybody else here ends
  const ids = async () => {
    const { results } = await db.prepare("SELECT id FROM session WHERE userId = 'old' ORDER BY id").all()
    return results.map(({ id }) => id)
  }
  const add = (id: string, expiresAt: number) =>
    db.batch([
      db
        .prepare("INSERT INTO session (id, userId, expiresAt) VALUES (?, 'old', ?)")
        .bind(id, new Date(expiresAt).toISOString()),
      db.prepare("INSERT INTO visits (sessionId, storeId) VALUES (?, 'persona_old')").bind(id),
    ])
  await add('over', then)
  await add('valid', then + 2 * hour)
  await pruneSessions(db, then)
  expect(await ids()).toEqual(['valid'])
  const { results } = await db.prepare("SELECT sessionId FROM visits WHERE storeId = 'persona_old'").all()
  expect(results).toEqual([{ sessionId: 'valid' }])
  await add('over again', then)
  await pruneSessions(db, then + hour - 1)
  expect(await ids()).toEqual(['over again', 'valid'])
  await pruneSessions(db, then + hour)
  expect(await ids()).toEqual(['valid'])
})

test('[RI14] an object takes no request without a standing, and none that a withdrawal has overtaken', async () => {
  const storeId = 'persona_overtaken'
  const standing = await enter(env, sessionFor('ann'), storeId, now)
  if (typeof standing === 'string') throw new Error(standing)
  expect(standing).toMatchObject({ role: 'owner', until: now + hour })
  const push = (header?: object) =>
    objectOf(storeId).fetch(`https://pjai/sync?storeId=${storeId}&transport=http`, {
      method: 'POST',
      body: pushOf(storeId, [event(1)]),
      headers: header === undefined ? {} : { [standingHeader]: JSON.stringify(header) },
    })
  expect((await push()).status).toBe(401)
  expect((await push({ role: 'owner' })).status).toBe(401)

  await db.prepare("DELETE FROM session WHERE id = 'ann-session'").run()
  await objectOf(storeId).withdraw({ sessionId: 'ann-session', reason: 'DeviceRevoked' })
  const overtaken = await push({ ...standing, until: 9e15 })
  expect([overtaken.status, await overtaken.json()]).toMatchObject([403, { error: { code: 'RightsChanged' } }])
  await signIn('ann')
  expect(await outcomeOf(await push({ ...standing, until: 9e15 }))).toBe('Success')
  expect(await enter(env, { ...sessionFor('ann'), sessionId: 'gone' }, storeId, now)).toBe('NoRight')
})

test('[RI6] a push by a right that has expired is refused', async () => {
  const storeId = 'persona_pastdue'
  const standing = { accountId: 'ann', sessionId: 's', role: 'owner', shareIds: [], until: 1 }
  const response = await objectOf(storeId).fetch(`https://pjai/sync?storeId=${storeId}&transport=http`, {
    method: 'POST',
    body: pushOf(storeId, [event(1)]),
    headers: { [standingHeader]: JSON.stringify(standing) },
  })
  expect(await outcomeOf(response)).toBe('RightExpired')
  const rows = await runInDurableObject(objectOf(storeId), (_, { storage }) =>
    storage.sql.exec(`SELECT * FROM "eventlog_7_${storeId}"`).toArray(),
  )
  expect(rows).toEqual([])
})

const sessionFor = (name: string) => ({
  sessionId: `${name}-session`,
  accountId: name,
  isAnonymous: true,
  expiresAt: now + hour,
})

const signIn = (name: string) =>
  db.batch([
    db.prepare('INSERT OR IGNORE INTO user VALUES (?, 1)').bind(name),
    db
      .prepare('INSERT INTO session VALUES (?, ?, ?, ?, ?)')
      .bind(`${name}-session`, `${name}-token`, name, new Date(now + hour).toISOString(), ''),
  ])

const signed = async (token: string) => {
  const utf8 = (text: string) => new TextEncoder().encode(text)
  const key = await crypto.subtle.importKey(
    'raw',
    utf8(await serverSecret(db)),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  )
  const signature = btoa(String.fromCharCode(...new Uint8Array(await crypto.subtle.sign('HMAC', key, utf8(token)))))
  return new Request('http://pjai', {
    headers: { Cookie: `pjai.session_token=${encodeURIComponent(`${token}.${signature}`)}` },
  })
}

const post = (body: object) => {
  const text = JSON.stringify(body)
  return new Request('http://pjai/api', {
    method: 'POST',
    body: text,
    headers: { 'Content-Length': String(text.length) },
  })
}

/** A share that ben has opened. */
const share = (
  shareId: string,
  {
    role,
    canShare = 0,
    expiresAt = null,
    parentId = null,
    accountId = 'ben',
    storeId = 'persona_several',
  }: {
    readonly role: string
    readonly canShare?: number
    readonly expiresAt?: number | null
    readonly parentId?: string | null
    readonly accountId?: string
    readonly storeId?: string
  },
) =>
  db.batch([
    db
      .prepare(
        `INSERT INTO shares (shareId, storeId, tokenHash, role, canShare, parentId, createdBy, createdAt, expiresAt)
         VALUES (?1, ?2, ?1, ?3, ?4, ?5, 'ann', 0, ?6)`,
      )
      .bind(shareId, storeId, role, canShare, parentId, expiresAt),
    db.prepare('INSERT INTO grants VALUES (?, ?, ?, 0)').bind(accountId, storeId, shareId),
  ])

const objectOf = (storeId: string) => env.STORE_LOG.getByName(objectNameFor(storeId))
