import type { HealthSettings } from '#schema/health/wire.ts'
import { ensureTables } from '#sync-worker/tables.ts'

/** As they were last changed. */
export const readSettings = async (db: D1Database): Promise<HealthSettings> => {
  await ensureTables(db)
  const [last] = await readChanges(db, 1)
  const { checkEveryMinutes, reportEveryMinutes } = last ?? { checkEveryMinutes: 5, reportEveryMinutes: 1 }
  return { checkEveryMinutes, reportEveryMinutes }
}

/** The newest first. */
export const readChanges = async (db: D1Database, limit: number): Promise<readonly Change[]> => {
  const { results } = await db
    .prepare(
      `SELECT at, changedBy, checkEveryMinutes, reportEveryMinutes FROM healthSettings ORDER BY seq DESC LIMIT ?`,
    )
    .bind(limit)
    .all<Change>()
  return results
}

interface Change extends HealthSettings {
  readonly at: number
  readonly changedBy: string
}

export const changeSettings = (db: D1Database, settings: HealthSettings, changedBy: string, at: number) =>
  db
    .prepare('INSERT INTO healthSettings (at, changedBy, checkEveryMinutes, reportEveryMinutes) VALUES (?, ?, ?, ?)')
    .bind(at, changedBy, settings.checkEveryMinutes, settings.reportEveryMinutes)
    .run()
