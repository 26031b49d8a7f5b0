import { type TelemetrySaid, type Wait, WaitsTold } from '#schema/health/waits.ts'
import { answer, bodyOf, type Call } from '#sync-worker/api-call.ts'
import { makeRateLimit } from '#sync-worker/rate-limit.ts'
import { refuse } from '#sync-worker/refuse.ts'
import { exportOfApp, isExporting } from './export.ts'
import type { Span } from './otlp.ts'
import { newTrace } from './trace-context.ts'

/** `GET /api/telemetry`: whether anybody wants to know how long people wait. */
export const showTelemetry = async ({ env }: Call): Promise<Response> =>
  answer({ isWanted: isExporting(env) } satisfies TelemetrySaid)

/** `POST /api/telemetry`: 204; it is passed on after that. */
export const takeWaits = async ({ request, env, session, now, waitUntil }: Call): Promise<Response> => {
  if (!isExporting(env)) return refuse('TelemetryOff')
  if (!calls.takes(session.sessionId, now)) return refuse('TooManyWaits', { 'Retry-After': '60' })
  const told = await bodyOf(request, WaitsTold, maxBytes)
  if (told instanceof Response) return told
  waitUntil(exportOfApp(env, waitsToSpans(told.waits, now)))
  return new Response(null, { status: 204, headers: { 'Cache-Control': 'no-store' } })
}

/** A trace each: who reads them learns of none which other one is of the same person. */
const waitsToSpans = (waits: readonly Wait[], now: number): readonly Span[] =>
  waits.map(({ name, ms, endedAgoMs, ...words }) => ({
    ...newTrace(),
    parentSpanId: null,
    name,
    kind: 'internal',
    startedAt: now - endedAgoMs - ms,
    endedAt: now - endedAgoMs,
    isFailed: name === 'error',
    attributes: Object.fromEntries(Object.entries(words).map(([key, value]) => [`pjai.${key}`, value])),
  }))

/** A page tells once a minute, and when it is left. */
const calls = makeRateLimit({ burst: 20, perSecond: 0.1 })

/** A hundred of the longest. */
const maxBytes = 16_000
