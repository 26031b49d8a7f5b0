import { Schema } from 'effect'
import { answer, bodyOf, type Call } from '#sync-worker/api-call.ts'
import { refuse } from '#sync-worker/refuse.ts'
import { ensureTables } from '#sync-worker/tables.ts'

/** `GET /api/account`: by what this account can be come back to. An anonymous one has neither e-mail nor passkey. */
export const showAccount = async ({ env, session }: Call): Promise<Response> => {
  const { accountId } = session
  await ensureTables(env.DB)
  const [named, passkeys] = await env.DB.batch([
    env.DB.prepare(
      `SELECT email FROM user WHERE id = ? AND EXISTS (
         SELECT 1 FROM account WHERE userId = user.id AND providerId = 'credential')`,
    ).bind(accountId),
    env.DB.prepare(
      `SELECT id, credentialID AS credentialId, name, createdAt AS madeAt, keyring FROM passkey
       LEFT JOIN passkeyKeyrings ON passkeyId = passkey.id WHERE userId = ? ORDER BY createdAt, id LIMIT 100`,
    ).bind(accountId),
  ])
  const [user] = (named?.results ?? []) as { email: string }[] // what the statement selects
  return answer({ accountId, email: user?.email ?? null, passkeys: passkeys?.results ?? [] })
}

/** `DELETE /api/passkeys/:id`. An account that is left without e-mail and passkey is anonymous again. */
export const removePasskey = async ({ env, session, params }: Call): Promise<Response> => {
  const { accountId } = session
  await ensureTables(env.DB)
  const [removed] = await env.DB.batch([
    env.DB.prepare('DELETE FROM passkey WHERE id = ? AND userId = ?').bind(params.id, accountId),
    env.DB.prepare(
      'DELETE FROM passkeyKeyrings WHERE passkeyId = ?1 AND NOT EXISTS (SELECT 1 FROM passkey WHERE id = ?1)',
    ).bind(params.id),
    env.DB.prepare(
      `UPDATE user SET isAnonymous = 1 WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM passkey WHERE userId = ?1)
       AND NOT EXISTS (SELECT 1 FROM account WHERE userId = ?1 AND providerId = 'credential')`,
    ).bind(accountId),
  ])
  return removed?.meta.changes === 0 ? refuse('PasskeyNotFound') : answer({ id: params.id })
}

/** `PUT /api/passkeys/:id/keyring`: the account's keyring, sealed on a device by what only this passkey gives. */
export const keepPasskeyKeyring = async ({ request, env, session, params, now }: Call): Promise<Response> => {
  const body = await bodyOf(request, Schema.Struct({ keyring: Schema.String }))
  if (body instanceof Response) return body
  await ensureTables(env.DB)
  const { meta } = await env.DB.prepare(
    `INSERT INTO passkeyKeyrings (passkeyId, keyring, madeAt) SELECT id, ?3, ?4 FROM passkey WHERE id = ?1 AND userId = ?2
     ON CONFLICT DO UPDATE SET keyring = excluded.keyring, madeAt = excluded.madeAt`,
  )
    .bind(params.id, session.accountId, body.keyring, now)
    .run()
  return meta.changes === 0 ? refuse('PasskeyNotFound') : answer({ id: params.id })
}
