import type { TraceContext } from './trace-context.ts'

/** Spans and metrics in the JSON of OTLP 1.x: ids in hexadecimal, numbers of 64 bits as strings, times in nanoseconds. */
export interface Span extends TraceContext {
  readonly parentSpanId: string | null
  readonly name: string
  readonly kind: 'server' | 'internal'
  readonly startedAt: number
  readonly endedAt: number
  readonly isFailed: boolean
  readonly attributes: Attributes
}

/** A value of one moment. */
export interface Gauge {
  readonly name: string
  readonly unit: string
  readonly at: number
  readonly value: number
  readonly attributes: Attributes
}

export type Attributes = Readonly<Record<string, string | number | boolean>>

export const spansToOtlp = (resource: Attributes, spans: readonly Span[]): object => ({
  resourceSpans: [
    {
      resource: { attributes: attributesToOtlp(resource) },
      scopeSpans: [{ scope: { name: 'pjai' }, spans: spans.map(spanToOtlp) }],
    },
  ],
})

export const gaugesToOtlp = (resource: Attributes, gauges: readonly Gauge[]): object => ({
  resourceMetrics: [
    {
      resource: { attributes: attributesToOtlp(resource) },
      scopeMetrics: [
        {
          scope: { name: 'pjai' },
          metrics: [...new Set(gauges.map(({ name }) => name))].map((name) => ({
            name,
            unit: gauges.find((gauge) => gauge.name === name)?.unit ?? '1',
            gauge: { dataPoints: gauges.filter((gauge) => gauge.name === name).map(gaugeToPoint) },
          })),
        },
      ],
    },
  ],
})

const spanToOtlp = (span: Span) => ({
  traceId: span.traceId,
  spanId: span.spanId,
  ...(span.parentSpanId === null ? {} : { parentSpanId: span.parentSpanId }),
  name: span.name,
  kind: span.kind === 'server' ? 2 : 1,
  startTimeUnixNano: nanosOf(span.startedAt),
  endTimeUnixNano: nanosOf(span.endedAt),
  attributes: attributesToOtlp(span.attributes),
  status: span.isFailed ? { code: 2 } : {},
})

const gaugeToPoint = ({ at, value, attributes }: Gauge) => ({
  timeUnixNano: nanosOf(at),
  asDouble: value,
  attributes: attributesToOtlp(attributes),
})

const attributesToOtlp = (attributes: Attributes) =>
  Object.entries(attributes).map(([key, value]) => ({ key, value: valueToOtlp(value) }))

const valueToOtlp = (value: string | number | boolean) => {
  if (typeof value === 'string') return { stringValue: value }
  if (typeof value === 'boolean') return { boolValue: value }
  return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value }
}

const nanosOf = (ms: number): string => `${Math.round(ms)}000000`
