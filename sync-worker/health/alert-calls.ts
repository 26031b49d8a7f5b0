import { AlertRuleInput } from '#schema/health/wire.ts'
import { answer, bodyOf, type Call, isoOf } from '#sync-worker/api-call.ts'
import { mayOperate } from '#sync-worker/operators.ts'
import { refuse } from '#sync-worker/refuse.ts'
import { ensureTables } from '#sync-worker/tables.ts'
import { keepRule, readRule, readRuleChanges, readRules, removeRule } from './alert-rules.ts'
import { deliver } from './deliveries.ts'
import { isAllowedTarget } from './webhook-target.ts'

/** `GET /api/alerts`: of cells, and of the stores of this account; for whoever operates, all. */
export const listAlerts = async ({ env, session }: Call): Promise<Response> => {
  await ensureTables(env.DB)
  const { results } = await env.DB.prepare(
    `SELECT alertId, ruleId, subject, what, since, endedAt FROM alerts
     WHERE openedAt IS NOT NULL AND (?1 OR subject NOT GLOB '*_*' OR subject IN (SELECT storeId FROM stores WHERE ownerId = ?2))
     ORDER BY endedAt IS NULL DESC, coalesce(endedAt, since) DESC LIMIT 600`,
  )
    .bind((await mayOperate(env, session)) ? 1 : 0, session.accountId)
    .all<{ alertId: string; ruleId: string; subject: string; what: string; since: number; endedAt: number | null }>()
  const alerts = results.map(({ endedAt, since, ...alert }) => ({
    alert: { ...alert, since: isoOf(since) },
    endedAt,
  }))
  return answer({
    open: alerts.filter(({ endedAt }) => endedAt === null).map(({ alert }) => alert),
    past: alerts
      .flatMap(({ alert, endedAt }) => (endedAt === null ? [] : [{ ...alert, endedAt: isoOf(endedAt) }]))
      .slice(0, 100),
  })
}

/** `GET /api/alerts/rules` */
export const listRules = async ({ env, session }: Call): Promise<Response> => {
  const isOperator = await mayOperate(env, session)
  const rules = await readRules(env.DB)
  return answer({
    mayOperate: isOperator,
    rules: isOperator ? rules : rules.map((rule) => ({ ...rule, webhook: null, secret: null })),
  })
}

/** `PUT /api/alerts/rules/:id` */
export const putRule = async ({ request, env, session, params, now }: Call): Promise<Response> => {
  if (!(await mayOperate(env, session))) return refuse('MayNotOperate')
  const rule = await bodyOf(request, AlertRuleInput)
  if (rule instanceof Response) return rule
  if (rule.webhook !== null && !isAllowedTarget(rule.webhook, env.WEBHOOK_HOSTS ?? ''))
    return refuse('WebhookNotAllowed')
  const { id = '' } = params
  await ensureTables(env.DB)
  const secret = [...crypto.getRandomValues(new Uint8Array(32))].map((byte) => byte.toString(16).padStart(2, '0'))
  await keepRule(env.DB, { ruleId: id, byId: session.accountId, at: now }, rule, secret.join(''))
  return answer((await readRule(env.DB, id)) ?? {})
}

/** `DELETE /api/alerts/rules/:id`: what it opened ends with the next look. */
export const deleteRule = async ({ env, session, params, now }: Call): Promise<Response> => {
  if (!(await mayOperate(env, session))) return refuse('MayNotOperate')
  await ensureTables(env.DB)
  const changing = { ruleId: params.id ?? '', byId: session.accountId, at: now }
  return (await removeRule(env.DB, changing)) ? new Response(null, { status: 204 }) : refuse('RuleNotFound')
}

/** `GET /api/alerts/rules/changes` */
export const listRuleChanges = async ({ env, session }: Call): Promise<Response> => {
  if (!(await mayOperate(env, session))) return refuse('MayNotOperate')
  return answer({ changes: await readRuleChanges(env.DB) })
}

/** `POST /api/alerts/rules/:id/test`: tells its webhook that this is a test, and what it answered. */
export const tryRule = async ({ env, session, params, now }: Call): Promise<Response> => {
  if (!(await mayOperate(env, session))) return refuse('MayNotOperate')
  const rule = await readRule(env.DB, params.id ?? '')
  if (rule === undefined) return refuse('RuleNotFound')
  const { ruleId, name } = rule
  return answer(await deliver(env, rule, JSON.stringify({ event: 'test', ruleId, rule: name, at: isoOf(now) }), now))
}
