import type { Gauge } from '#sync-worker/telemetry/otlp.ts'
import type { CheckedCell } from './checks.ts'

/** What a check found, as OpenTelemetry is told it. */
export const figuresToMetrics = (cells: readonly CheckedCell[], at: number): readonly Gauge[] =>
  cells.flatMap((cell) => {
    const attributes = { 'pjai.cell': cell.cellId }
    const gauge = (name: string, unit: string, value: number | null): readonly Gauge[] =>
      value === null ? [] : [{ name: `pjai.cell.${name}`, unit, at, value, attributes }]
    return [
      ...gauge('up', '1', cell.state === 'unknown' ? null : +(cell.state !== 'down')),
      ...gauge('stores', '{store}', cell.stores),
      ...gauge('records', '{event}', cell.records),
      ...gauge('bytes', 'By', cell.bytes),
      ...gauge('connections', '{connection}', cell.connections),
      ...gauge('utilisation', '1', cell.utilisation),
      ...gauge('errors', '{error}', cell.errors),
      ...gauge('push.count', '{push}', cell.push.count),
      ...gauge('push.average', 'ms', cell.push.averageMs),
      ...gauge('push.p95', 'ms', cell.push.p95Ms),
      ...gauge('pull.p95', 'ms', cell.pull.p95Ms),
    ]
  })
