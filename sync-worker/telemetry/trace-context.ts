/** W3C Trace Context: whose child a span is, in the header `traceparent`. */
export interface TraceContext {
  /** 32 and 16 hexadecimal digits. */
  readonly traceId: string
  readonly spanId: string
  readonly isSampled: boolean
}

/** Undefined of what is no such header: then a trace begins here. */
export const traceContextIn = (header: string | null): TraceContext | undefined => {
  const said = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/.exec(header ?? '')
  if (said === null) return undefined
  const [, version = '', traceId = '', spanId = '', flags = '', more] = said
  if (version === 'ff' || (version === '00' && more !== undefined) || /^0+$/.test(traceId) || /^0+$/.test(spanId))
    return undefined
  return { traceId, spanId, isSampled: (Number.parseInt(flags, 16) & 1) === 1 }
}

export const traceparentOf = ({ traceId, spanId, isSampled }: TraceContext): string =>
  `00-${traceId}-${spanId}-${isSampled ? '01' : '00'}`

/** A trace that begins with this span. */
export const newTrace = (): TraceContext => ({ traceId: randomHex(16), spanId: randomHex(8), isSampled: true })

export const randomHex = (bytes: number): string => hexFrom(crypto.getRandomValues(new Uint8Array(bytes)))

export const hexFrom = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
