import type { Reading } from '#schema/health/alerts.ts'
import { hour } from '#schema/health/meter.ts'
import type { CheckedCell } from './checks.ts'
import { mostBytes } from './store-rows.ts'

/** Whatever rules can look at; of stores and moves only what is out of the ordinary, for there may be a million of them. */
export const readReadings = async (
  db: D1Database,
  cells: readonly CheckedCell[],
  now: number,
): Promise<readonly Reading[]> => {
  const { results } = await db
    .prepare(
      `SELECT 'store state' AS measure, storeId AS subject, 'down' AS value FROM store_health WHERE answered = 0
       UNION ALL SELECT 'store errors per hour', storeId, errors FROM store_health WHERE reportedAt > ?1 AND errors > 0
       UNION ALL SELECT 'store quota', storeId, 1.0 * bytes / ?2 FROM store_health WHERE bytes > 0.01 * ?2
       UNION ALL SELECT DISTINCT 'move failed', storeId, 1 FROM moves
         WHERE step = 'rolled back' AND endedAt > ?1 AND json_extract(move, '$.why') <> 'It was called back.'
       UNION ALL SELECT 'move under way', storeId, (?3 - startedAt) / 60000.0 FROM moves WHERE isUnderWay = 1`,
    )
    .bind(now - hour, mostBytes, now)
    .all<Reading>()
  return [...cells.flatMap(readingsOf), ...results]
}

const readingsOf = ({ cellId: subject, state, errors, push, pull, utilisation }: CheckedCell): readonly Reading[] => [
  { measure: 'cell state', subject, value: state },
  { measure: 'cell errors per hour', subject, value: errors },
  { measure: 'cell push p95', subject, value: push.p95Ms ?? 0 },
  { measure: 'cell pull p95', subject, value: pull.p95Ms ?? 0 },
  { measure: 'cell utilisation', subject, value: utilisation },
]
