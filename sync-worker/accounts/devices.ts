import { browserOf, platformOf } from '#schema/workspace/user-agent.ts'
import { answer, type Call } from '#sync-worker/api-call.ts'
import { refuse } from '#sync-worker/refuse.ts'
import { withdrawSession } from '#sync-worker/rights/withdraw.ts'

/** `GET /api/devices`: the sessions of this account, the last seen first. */
export const listDevices = async ({ env, session, now }: Call): Promise<Response> => {
  const { results } = await env.DB.prepare(
    `SELECT id, userAgent, createdAt, updatedAt FROM session
     WHERE userId = ? AND expiresAt > ? ORDER BY updatedAt DESC, id LIMIT 1000`,
  )
    .bind(session.accountId, new Date(now).toISOString())
    .all<{ id: string; userAgent: string | null; createdAt: string; updatedAt: string }>()
  const devices = results.map(({ id, userAgent, createdAt, updatedAt }) => ({
    id,
    browser: browserOf(userAgent ?? ''),
    platform: platformOf(userAgent ?? ''),
    firstSeenAt: createdAt,
    lastSeenAt: updatedAt,
    isThisDevice: id === session.sessionId,
  }))
  return answer({ devices })
}

/** `DELETE /api/devices/:id`: ends its session, and at once whatever it has open. */
export const revokeDevice = async ({ env, session, params }: Call): Promise<Response> => {
  const { meta } = await env.DB.prepare('DELETE FROM session WHERE id = ? AND userId = ?')
    .bind(params.id, session.accountId)
    .run()
  if (meta.changes === 0) return refuse('DeviceNotFound')
  await withdrawSession(env, params.id ?? '')
  return answer({ id: params.id })
}
