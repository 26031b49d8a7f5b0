import { judge, type Reading, type Standing } from '#schema/health/alerts.ts'
import type { AlertRule } from '#schema/health/wire.ts'
import { idFromBytes } from '#schema/shared/ids.ts'
import { isoOf } from '#sync-worker/api-call.ts'
import { readRules } from './alert-rules.ts'

/** Opens and ends alerts by what was read, and leaves a letter for each webhook that is to know. */
export const judgeReadings = async (db: D1Database, readings: readonly Reading[], now: number): Promise<void> => {
  const rules = await readRules(db)
  const { results } = await db.prepare('SELECT * FROM alerts WHERE endedAt IS NULL').all<Row>()
  const before = results.map((row): Kept => ({ ...row, isOpen: row.openedAt !== null }))
  const { standing, opened, ended } = judge(rules, readings, before, now)
  const idOf = new Map(before.map((one) => [keyOf(one), one.alertId]))
  for (const one of standing) if (!idOf.has(keyOf(one))) idOf.set(keyOf(one), newId())
  const over = before.filter((one) => !standing.some((other) => keyOf(other) === keyOf(one)))
  const statements = [
    ...standing.map(({ ruleId, subject, what, since, isOpen }) =>
      db
        .prepare(
          `INSERT INTO alerts (alertId, ruleId, subject, what, since, openedAt) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
           ON CONFLICT (alertId) DO UPDATE SET what = ?4, openedAt = coalesce(openedAt, ?6)`,
        )
        .bind(idOf.get(keyOf({ ruleId, subject })) ?? '', ruleId, subject, what, since, isOpen ? now : null),
    ),
    ...over.map(({ alertId, isOpen }) =>
      isOpen
        ? db.prepare('UPDATE alerts SET endedAt = ? WHERE alertId = ?').bind(now, alertId)
        : db.prepare('DELETE FROM alerts WHERE alertId = ?').bind(alertId),
    ),
    ...[
      ...opened.map((one) => ({ one, endedAt: null })),
      ...ended.map((one) => ({ one, endedAt: isoOf(now) })),
    ].flatMap(({ one, endedAt }) => {
      const rule = rules.find(({ ruleId }) => ruleId === one.ruleId)
      return rule?.webhook == null ? [] : [letter(db, rule, one, idOf.get(keyOf(one)) ?? '', endedAt, now)]
    }),
    db.prepare('DELETE FROM alerts WHERE endedAt < ?').bind(now - kept),
  ]
  await db.batch(statements)
}

const letter = (
  db: D1Database,
  { name }: AlertRule,
  { ruleId, subject, what, since }: Standing,
  alertId: string,
  endedAt: string | null,
  now: number,
) => {
  const event = endedAt === null ? 'alert opened' : 'alert ended'
  const body = JSON.stringify({ event, alertId, ruleId, rule: name, subject, what, since: isoOf(since), endedAt })
  return db.prepare('INSERT INTO deliveries VALUES (?, ?, ?, 0, ?)').bind(newId(), ruleId, body, now)
}

const keyOf = ({ ruleId, subject }: { readonly ruleId: string; readonly subject: string }) => `${ruleId} ${subject}`

const newId = () => idFromBytes(crypto.getRandomValues(new Uint8Array(16)))

/** 30 days. */
const kept = 30 * 24 * 3_600_000

interface Row {
  readonly alertId: string
  readonly ruleId: string
  readonly subject: string
  readonly what: string
  readonly since: number
  readonly openedAt: number | null
  readonly endedAt: number | null
}

type Kept = Row & Standing
