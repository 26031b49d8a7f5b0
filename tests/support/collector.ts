import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Schema } from 'effect'

interface Received {
  readonly path: string
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: string
}

interface Span {
  readonly name: string
  readonly traceId: string
  readonly parentSpanId?: string
}

/** Takes whatever it is told on loopback, and keeps it: spans, metrics, webhooks. */
export const startCollector = async () => {
  const received: Received[] = []
  const listening = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    received.push({ path: request.url ?? '', headers: request.headers, body })
    response.end('{}')
  }).listen(0, '127.0.0.1')
  await once(listening, 'listening')
  const { port } = listening.address() as AddressInfo // it listens on a port
  return {
    url: `http://127.0.0.1:${port}`,
    received: received as readonly Received[],
    /** As a service told them: `pjai` is the server, `pjai-app` its pages. */
    spansOf: (service: string): readonly Span[] =>
      received
        .filter(({ path, body }) => path === '/v1/traces' && body.includes(`"stringValue":"${service}"`))
        .flatMap(({ body }) => JSON.parse(body).resourceSpans[0].scopeSpans[0].spans),
    stop: () => {
      listening.closeAllConnections()
      listening.close()
    },
  }
}

export type Collector = Awaited<ReturnType<typeof startCollector>>

const digits = Schema.String.pipe(Schema.pattern(/^\d+$/))
const hex = (length: number) => Schema.String.pipe(Schema.pattern(new RegExp(`^[0-9a-f]{${length}}$`)))
const attribute = <Key extends string, Value extends Schema.Schema.Any>(key: Key, value: Value) =>
  Schema.Struct({ key: Schema.Literal(key), value })
const word = <Words extends readonly [string, ...string[]]>(...words: Words) =>
  Schema.Struct({ stringValue: Schema.Literal(...words) })

/** All that a page may tell: numbers, and words of ours. */
const AppSpan = Schema.Struct({
  name: Schema.Literal('start', 'store opened', 'persona shown', 'saved', 'synced', 'first token', 'error'),
  traceId: hex(32),
  spanId: hex(16),
  kind: Schema.Literal(1),
  startTimeUnixNano: digits,
  endTimeUnixNano: digits,
  attributes: Schema.Array(
    Schema.Union(
      attribute('pjai.kind', word('workspace', 'persona', 'store', 'sync refused', 'model', 'script')),
      attribute('pjai.way', word('as it was', 'hydrated', 'made anew', 'open', 'closed')),
      attribute('pjai.events', Schema.Struct({ intValue: digits })),
    ),
  ),
  status: Schema.Struct({ code: Schema.optional(Schema.Literal(2)) }),
})

/** Throws of anything else. */
export const decodeAppSpan = Schema.decodeUnknownSync(AppSpan, { onExcessProperty: 'error' })
