import { Schema } from 'effect'
import { answer, bodyOf, type Call, isoOf } from '#sync-worker/api-call.ts'
import { refuse } from '#sync-worker/refuse.ts'
import { hashOf } from '#sync-worker/rights/hash.ts'
import { ensureTables } from '#sync-worker/tables.ts'
import { enterAccount } from './enter-account.ts'

const minutes = 60_000

/** `POST /api/pairings` → 201 with a code that lets one other device into this account, once, for ten minutes. */
export const createPairing = async ({ env, session, now, newId }: Call): Promise<Response> => {
  await ensureTables(env.DB)
  const code = newId()
  const expiresAt = now + 10 * minutes
  await env.DB.batch([
    env.DB.prepare('DELETE FROM pairings WHERE expiresAt < ?').bind(now - 1440 * minutes),
    env.DB.prepare('INSERT INTO pairings (codeHash, accountId, sessionId, expiresAt) VALUES (?, ?, ?, ?)').bind(
      hashOf(code),
      session.accountId,
      session.sessionId,
      expiresAt,
    ),
  ])
  return answer({ code, expiresAt: isoOf(expiresAt) }, 201)
}

/**
 * `POST /api/pairings/use` with the code → the cookie of a new session of that account. What this device was signed in
 * to before ends here: an anonymous account is dissolved, and what it owns moves along.
 */
export const usePairing = async ({ request, env, session, now }: Call): Promise<Response> => {
  const body = await bodyOf(request, Schema.Struct({ code: Schema.String }))
  if (body instanceof Response) return body
  await ensureTables(env.DB)
  const codeHash = hashOf(body.code)
  const used = await env.DB.prepare(
    'UPDATE pairings SET usedAt = ?1 WHERE codeHash = ?2 AND usedAt IS NULL AND expiresAt > ?1 RETURNING accountId',
  )
    .bind(now, codeHash)
    .first<{ accountId: string }>()
  if (used === null) return refuse(await whyNot(env.DB, codeHash))

  return enterAccount({ request, env, session, accountId: used.accountId }, { accountId: used.accountId })
}

const whyNot = async (db: D1Database, codeHash: string) => {
  const row = await db
    .prepare('SELECT usedAt FROM pairings WHERE codeHash = ?')
    .bind(codeHash)
    .first<{ usedAt: number | null }>()
  if (row === null) return 'PairingNotFound'
  return row.usedAt === null ? 'PairingExpired' : 'PairingUsed'
}
