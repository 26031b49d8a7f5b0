import { defaultRules } from '#schema/health/default-rules.ts'
import type { AlertRule } from '#schema/health/wire.ts'

/**
 * What is known of health, in D1: what each store reports, what the checks found of each cell (of the last day one by one, of
 * thirty days in sums), the settings with their history, rules, alerts, and what webhooks are still to be told.
 */
export const healthTables: readonly string[] = [
  // `pushTimes` and `pullTimes` are histograms, of the hour before the report. `answered`: at the last check, null if none asked.
  // `known`: see `known-spans.ts`.
  `CREATE TABLE IF NOT EXISTS store_health (
    storeId TEXT PRIMARY KEY, cellId TEXT NOT NULL, epoch INTEGER NOT NULL, reportedAt INTEGER NOT NULL,
    records INTEGER NOT NULL, bytes INTEGER NOT NULL, connections INTEGER NOT NULL,
    pushes INTEGER NOT NULL, pushMs REAL NOT NULL, pushTimes TEXT NOT NULL,
    pulls INTEGER NOT NULL, pullMs REAL NOT NULL, pullTimes TEXT NOT NULL,
    errors INTEGER NOT NULL, lastErrorAt INTEGER, lastError TEXT, checkedAt INTEGER, answered INTEGER,
    known TEXT NOT NULL DEFAULT '', knownUpTo INTEGER NOT NULL DEFAULT 0)`,
  'CREATE INDEX IF NOT EXISTS storeHealthByCell ON store_health (cellId, reportedAt)',
  'CREATE INDEX IF NOT EXISTS storeHealthByTime ON store_health (reportedAt)',
  `CREATE TABLE IF NOT EXISTS healthChecks (
    cellId TEXT NOT NULL, at INTEGER NOT NULL, state TEXT NOT NULL, PRIMARY KEY (cellId, at))`,
  `CREATE TABLE IF NOT EXISTS healthDays (
    cellId TEXT NOT NULL, day INTEGER NOT NULL, healthy INTEGER NOT NULL, degraded INTEGER NOT NULL, down INTEGER NOT NULL,
    PRIMARY KEY (cellId, day))`,
  `CREATE TABLE IF NOT EXISTS healthSettings (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, changedBy TEXT NOT NULL,
    checkEveryMinutes INTEGER NOT NULL, reportEveryMinutes INTEGER NOT NULL)`,
  'CREATE TABLE IF NOT EXISTS alertRules (ruleId TEXT PRIMARY KEY, rule TEXT NOT NULL, secret TEXT)',
  // `rule`: as it became, or of one that was removed as it was.
  `CREATE TABLE IF NOT EXISTS alertRuleChanges (
    seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, byId TEXT NOT NULL, ruleId TEXT NOT NULL, kind TEXT NOT NULL,
    rule TEXT NOT NULL)`,
  // One that only waits for its time has not been opened.
  `CREATE TABLE IF NOT EXISTS alerts (
    alertId TEXT PRIMARY KEY, ruleId TEXT NOT NULL, subject TEXT NOT NULL, what TEXT NOT NULL,
    since INTEGER NOT NULL, openedAt INTEGER, endedAt INTEGER)`,
  'CREATE UNIQUE INDEX IF NOT EXISTS alertsStanding ON alerts (ruleId, subject) WHERE endedAt IS NULL',
  'CREATE INDEX IF NOT EXISTS alertsByEnd ON alerts (endedAt)',
  `CREATE TABLE IF NOT EXISTS deliveries (
    deliveryId TEXT PRIMARY KEY, ruleId TEXT NOT NULL, body TEXT NOT NULL, failures INTEGER NOT NULL, dueAt INTEGER NOT NULL)`,
  `INSERT OR IGNORE INTO alertRules (ruleId, rule)
   SELECT column1, column2 FROM (VALUES ${defaultRules.map(ruleToRow).join(', ')})
   WHERE NOT EXISTS (SELECT 1 FROM milestones WHERE name = 'alertRules')`,
  "INSERT OR IGNORE INTO milestones VALUES ('alertRules')",
]

/** No apostrophe stands in them. */
function ruleToRow({ ruleId, secret: _, ...rule }: AlertRule): string {
  return `('${ruleId}', '${JSON.stringify(rule)}')`
}
