import type { Env } from '#sync-worker/env.ts'
import { type Gauge, gaugesToOtlp, type Span, spansToOtlp } from './otlp.ts'

/** Without `OTEL_EXPORTER_OTLP_ENDPOINT` nothing is measured, kept or sent. */
export const isExporting = (env: Env): boolean => (env.OTEL_EXPORTER_OTLP_ENDPOINT ?? '') !== ''

/** Sent with others of this isolate, two seconds later at most. What cannot be sent is lost: it may hold up nobody. */
export const exportSpan = (env: Env, context: Pick<ExecutionContext, 'waitUntil'>, span: Span): void => {
  if (!isExporting(env) || !span.isSampled) return
  waiting.push(span)
  if (waiting.length >= mostAtOnce) context.waitUntil(flush(env))
  else if (waiting.length === 1) context.waitUntil(scheduler.wait(pause).then(() => flush(env)))
}

export const exportMetrics = async (env: Env, gauges: readonly Gauge[]): Promise<void> => {
  if (isExporting(env) && gauges.length > 0) await post(env, 'v1/metrics', gaugesToOtlp(resource('pjai'), gauges))
}

/** What a page told of its waits: a service of its own to whoever collects. */
export const exportOfApp = (env: Env, spans: readonly Span[]): Promise<void> =>
  post(env, 'v1/traces', spansToOtlp(resource('pjai-app'), spans))

let waiting: Span[] = []

const flush = async (env: Env): Promise<void> => {
  const spans = waiting
  waiting = []
  if (spans.length > 0) await post(env, 'v1/traces', spansToOtlp(resource('pjai'), spans))
}

const post = async (env: Env, path: string, body: object): Promise<void> => {
  const base = (env.OTEL_EXPORTER_OTLP_ENDPOINT ?? '').replace(/\/$/, '')
  await fetch(`${base}/${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headersIn(env.OTEL_EXPORTER_OTLP_HEADERS ?? '') },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(patience),
  })
    .then((response) => response.body?.cancel())
    .catch(() => undefined)
}

/** `name=value,name=value`, the values percent-encoded, as the specification of the variable says. */
const headersIn = (text: string): Record<string, string> =>
  Object.fromEntries(
    text.split(',').flatMap((pair) => {
      const [, name, value] = /^\s*([\w-]+)\s*=\s*(.*?)\s*$/.exec(pair) ?? []
      return name === undefined || value === undefined ? [] : [[name, decoded(value)]]
    }),
  )

const decoded = (text: string) => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const resource = (service: string) => ({ 'service.name': service, 'service.version': __APP_VERSION__ })

const pause = 2000
const mostAtOnce = 200
const patience = 10_000
