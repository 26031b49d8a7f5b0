import { Schema } from 'effect'
import { type AlertRule, type AlertRuleChange, AlertRuleInput } from '#schema/health/wire.ts'
import { isoOf } from '#sync-worker/api-call.ts'
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

export interface Changing {
  readonly ruleId: string
  /** The account. */
  readonly byId: string
  readonly at: number
}

/** A rule gets its secret with its first webhook, and keeps it. What is the same as before is no change. */
export const keepRule = (db: D1Database, { ruleId, byId, at }: Changing, rule: AlertRuleInput, secret: string) =>
  db.batch([
    db
      .prepare(
        `INSERT INTO alertRuleChanges (at, byId, ruleId, kind, rule)
         SELECT ?1, ?2, ?3, CASE WHEN EXISTS (SELECT 1 FROM alertRules WHERE ruleId = ?3) THEN 'changed' ELSE 'made' END, ?4
         WHERE NOT EXISTS (SELECT 1 FROM alertRules WHERE ruleId = ?3 AND rule = ?4)`,
      )
      .bind(at, byId, ruleId, JSON.stringify(rule)),
    db
      .prepare(
        `INSERT INTO alertRules VALUES (?1, ?2, ?3) ON CONFLICT (ruleId) DO UPDATE SET rule = ?2, secret = coalesce(secret, ?3)`,
      )
      .bind(ruleId, JSON.stringify(rule), rule.webhook === null ? null : secret),
  ])

export const removeRule = async (db: D1Database, { ruleId, byId, at }: Changing): Promise<boolean> => {
  const [, removed] = await db.batch([
    db
      .prepare(
        `INSERT INTO alertRuleChanges (at, byId, ruleId, kind, rule)
         SELECT ?1, ?2, ruleId, 'removed', rule FROM alertRules WHERE ruleId = ?3`,
      )
      .bind(at, byId, ruleId),
    db.prepare('DELETE FROM alertRules WHERE ruleId = ?').bind(ruleId),
  ])
  return removed?.meta.changes === 1
}

/** The newest first. */
export const readRuleChanges = async (db: D1Database): Promise<readonly AlertRuleChange[]> => {
  await ensureTables(db)
  const { results } = await db
    .prepare('SELECT at, byId, ruleId, kind, rule FROM alertRuleChanges ORDER BY seq DESC LIMIT 100')
    .all<ChangeRow>()
  return results.map(({ at, byId, rule, ...change }) => ({ ...change, at: isoOf(at), by: byId, rule: decode(rule) }))
}

const rowToRule = ({ ruleId, rule, secret }: Row): AlertRule => ({ ruleId, secret, ...decode(rule) })

const decode = Schema.decodeUnknownSync(Schema.parseJson(AlertRuleInput)) // what stands there was taken by the same schema

interface Row {
  readonly ruleId: string
  readonly rule: string
  readonly secret: string | null
}

interface ChangeRow extends Pick<AlertRuleChange, 'ruleId' | 'kind'> {
  readonly at: number
  readonly byId: string
  readonly rule: string
}
