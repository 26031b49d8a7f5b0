import { Schema } from 'effect'
import { type AlertRule, AlertRuleInput } from '#schema/health/wire.ts'
import { ensureTables } from '#sync-worker/tables.ts'

/** With their secrets. */
export const readRules = async (db: D1Database): Promise<readonly AlertRule[]> => {
  await ensureTables(db)
  const { results } = await db.prepare('SELECT ruleId, rule, secret FROM alertRules ORDER BY ruleId').all<Row>()
  return results.map(rowToRule)
}

export const readRule = async (db: D1Database, ruleId: string): Promise<AlertRule | undefined> => {
  await ensureTables(db)
  const row = await db.prepare('SELECT ruleId, rule, secret FROM alertRules WHERE ruleId = ?').bind(ruleId).first<Row>()
  return row === null ? undefined : rowToRule(row)
}

/** A rule gets its secret with its first webhook, and keeps it. */
export const keepRule = (db: D1Database, ruleId: string, rule: AlertRuleInput, secret: string) =>
  db
    .prepare(
      `INSERT INTO alertRules VALUES (?1, ?2, ?3) ON CONFLICT (ruleId) DO UPDATE SET rule = ?2, secret = coalesce(secret, ?3)`,
    )
    .bind(ruleId, JSON.stringify(rule), rule.webhook === null ? null : secret)
    .run()

export const removeRule = async (db: D1Database, ruleId: string): Promise<boolean> =>
  (await db.prepare('DELETE FROM alertRules WHERE ruleId = ?').bind(ruleId).run()).meta.changes > 0

const rowToRule = ({ ruleId, rule, secret }: Row): AlertRule => ({ ruleId, secret, ...decode(rule) })

const decode = Schema.decodeUnknownSync(Schema.parseJson(AlertRuleInput)) // what stands there was taken by the same schema

interface Row {
  readonly ruleId: string
  readonly rule: string
  readonly secret: string | null
}
