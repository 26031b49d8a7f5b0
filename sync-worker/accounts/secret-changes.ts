import { Schema } from 'effect'
import { answer, bodyOf, type Call } from '#sync-worker/api-call.ts'
import { refuse } from '#sync-worker/refuse.ts'
import { rightTo } from '#sync-worker/rights/store-right.ts'

/**
 * How the secret of a workspace changes: who may be handed the next one, and each change, sealed on a device. All of it
 * are texts to us; we keep their order, and whom they are for.
 *
 *     device-<session id>   as long as that session is the account's
 *     recovery              as long as the account has a recovery key
 *     passkey-<id>          as long as the account has that passkey
 */

/** `PUT /api/stores/:storeId/recipients/:id` */
export const keepRecipient = async (call: Call): Promise<Response> => {
  const storeId = await ownWorkspace(call)
  if (storeId instanceof Response) return storeId
  const body = await bodyOf(call.request, Schema.Struct({ publicKey: Base64(200), proof: Base64(100) }))
  if (body instanceof Response) return body
  const { env, params, session } = call
  const recipientId = params.id ?? ''
  const { meta } = await env.DB.prepare(
    `INSERT OR REPLACE INTO recipients (storeId, recipientId, publicKey, proof)
     SELECT ?1, ?3, ?4, ?5 WHERE ${isThere('?3')}`,
  )
    .bind(storeId, session.accountId, recipientId, body.publicKey, body.proof)
    .run()
  return meta.changes === 0 ? refuse('RecipientNotFound') : answer({ recipientId })
}

/** `GET /api/stores/:storeId/secrets`: every change, the oldest first; the recipients that are there still, and which the caller is. */
export const listSecretChanges = async (call: Call): Promise<Response> => {
  const storeId = await ownWorkspace(call)
  if (storeId instanceof Response) return storeId
  const { env, session } = call
  const { results } = await env.DB.prepare('SELECT change FROM secretChanges WHERE storeId = ? ORDER BY era')
    .bind(storeId)
    .all<{ change: string }>()
  return answer({
    changes: results.map(({ change }) => JSON.parse(change)),
    recipients: await recipientsOf(env.DB, storeId, session.accountId),
    recipientId: `device-${session.sessionId}`,
  })
}

/** `POST /api/stores/:storeId/secrets`: the change that follows the last one; of two devices that change it at once, one is refused. */
export const changeSecret = async (call: Call): Promise<Response> => {
  const storeId = await ownWorkspace(call)
  if (storeId instanceof Response) return storeId
  const body = await bodyOf(call.request, NewChange, 200_000)
  if (body instanceof Response) return body
  const { env, now } = call
  const { proofs, ...change } = body
  const { meta } = await env.DB.prepare(
    `INSERT INTO secretChanges (storeId, era, change, at)
     SELECT ?1, ?2, ?3, ?4 WHERE ?2 = 1 + (SELECT count(*) FROM secretChanges WHERE storeId = ?1)`,
  )
    .bind(storeId, change.era, JSON.stringify(change), now)
    .run()
  if (meta.changes === 0) return refuse('SecretChanged')
  const renewed = Object.entries(proofs).map(([recipientId, proof]) =>
    env.DB.prepare('UPDATE recipients SET proof = ? WHERE storeId = ? AND recipientId = ?').bind(
      proof,
      storeId,
      recipientId,
    ),
  )
  if (renewed.length > 0) await env.DB.batch(renewed)
  return answer({ era: change.era }, 201)
}

const ownWorkspace = async (call: Call): Promise<string | Response> => {
  const right = await rightTo(call)
  if (right instanceof Response) return right
  const { storeId = '' } = call.params
  return right.role === 'owner' && storeId.startsWith('workspace_') ? storeId : refuse('NoRight')
}

const recipientsOf = async (db: D1Database, storeId: string, accountId: string) => {
  const { results } = await db
    .prepare(
      `SELECT recipientId, publicKey, proof FROM recipients
       WHERE storeId = ?1 AND ${isThere('recipientId')} ORDER BY recipientId LIMIT 1000`,
    )
    .bind(storeId, accountId)
    .all<{ recipientId: string; publicKey: string; proof: string }>()
  return results
}

/** `?2` is the account. */
const isThere = (recipientId: string) => `(
  ${recipientId} IN (SELECT 'device-' || id FROM session WHERE userId = ?2)
  OR ${recipientId} IN (SELECT 'passkey-' || id FROM passkey WHERE userId = ?2)
  OR ${recipientId} = 'recovery' AND EXISTS (SELECT 1 FROM recoveries WHERE accountId = ?2))`

const Base64 = (maxLength: number) =>
  Schema.String.pipe(Schema.pattern(/^[A-Za-z0-9+/]+=*$/), Schema.maxLength(maxLength))

const ByRecipient = Schema.Record({ key: Schema.String, value: Base64(200) })

const NewChange = Schema.Struct({
  era: Schema.Int.pipe(Schema.between(1, 10_000)),
  publicKey: Base64(200),
  previous: Base64(200),
  sealed: ByRecipient,
  /** Of each recipient, by the new secret. */
  proofs: ByRecipient,
})
