import { Schema } from 'effect'
import { answer, bodyOf, type Call, isoOf } from '#sync-worker/api-call.ts'
import { refuse } from '#sync-worker/refuse.ts'
import { hashOf } from '#sync-worker/rights/hash.ts'
import { ensureTables } from '#sync-worker/tables.ts'
import { enterAccount } from './enter-account.ts'

/**
 * The way back into an account of which no device is left: its keyring, sealed by a recovery key that only the person
 * has. The id finds it, the proof shows that the key is there; neither says anything of the key.
 */
const Id = Schema.String.pipe(Schema.pattern(/^[\w-]{22}$/))
const Proof = Schema.String.pipe(Schema.pattern(/^[\w-]{43}$/))

/** `PUT /api/recovery`: keeps the keyring under a new key; the one before is worth nothing from then on. */
export const keepRecovery = async ({ request, env, session, now }: Call): Promise<Response> => {
  const body = await bodyOf(request, Schema.Struct({ id: Id, proof: Proof, keyring: Schema.String }))
  if (body instanceof Response) return body
  await ensureTables(env.DB)
  await env.DB.batch([
    env.DB.prepare('DELETE FROM recoveries WHERE accountId = ?').bind(session.accountId),
    env.DB.prepare('INSERT INTO recoveries (id, proofHash, accountId, keyring, madeAt) VALUES (?, ?, ?, ?, ?)').bind(
      body.id,
      hashOf(body.proof),
      session.accountId,
      body.keyring,
      now,
    ),
  ])
  return answer({ madeAt: isoOf(now) })
}

/** `GET /api/recovery`: when the account's key was made, or null. */
export const showRecovery = async ({ env, session }: Call): Promise<Response> => {
  await ensureTables(env.DB)
  const row = await env.DB.prepare('SELECT max(madeAt) AS madeAt FROM recoveries WHERE accountId = ?')
    .bind(session.accountId)
    .first<{ madeAt: number | null }>()
  const madeAt = row?.madeAt ?? null
  return answer({ madeAt: madeAt === null ? null : isoOf(madeAt) })
}

/** `POST /api/recovery/use` → the sealed keyring, and the cookie of a new session of its account. */
export const useRecovery = async ({ request, env, session }: Call): Promise<Response> => {
  const body = await bodyOf(request, Schema.Struct({ id: Id, proof: Proof }))
  if (body instanceof Response) return body
  await ensureTables(env.DB)
  const row = await env.DB.prepare('SELECT accountId, keyring FROM recoveries WHERE id = ? AND proofHash = ?')
    .bind(body.id, hashOf(body.proof))
    .first<{ accountId: string; keyring: string }>()
  if (row === null) return refuse('RecoveryNotFound')
  const { accountId, keyring } = row
  return enterAccount({ request, env, session, accountId }, { accountId, keyring })
}
