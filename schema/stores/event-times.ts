import { type LiveStoreSchema, Schema } from '@livestore/livestore'
import type { LogEvent } from './replay.ts'

/**
 * When each event of a log happened, although clocks run backwards and ahead:
 *
 * 1. An event's stamp is its own `…At`, the last one its definition has; but never later than the server received it.
 * 2. Its time is the latest stamp of the log until then, so that times never go back where numbers go on.
 * 3. The state at T is that of the last event whose time is not after T.
 */
export const timesOf = (schema: LiveStoreSchema, events: readonly LogEvent[]): readonly number[] => {
  const stampOf = stampReader(schema)
  let latest = Number.NEGATIVE_INFINITY
  return events.map((event) => {
    latest = Math.max(latest, Math.min(stampOf(event) ?? latest, event.receivedAt ?? Number.POSITIVE_INFINITY))
    return latest
  })
}

/** Reads an event's stamp, in milliseconds since 1970; undefined when it has none. */
export const stampReader = (schema: LiveStoreSchema) => {
  const keys = new Map([...schema.eventsDefsMap].map(([name, { schema }]) => [name, timeKeyOf(schema)]))
  return ({ name, args }: LogEvent): number | undefined => {
    const values = typeof args === 'object' && args !== null ? (args as Readonly<Record<string, unknown>>) : {}
    const key = keys.get(name) ?? Object.keys(values).findLast(isTime)
    const at = key === undefined ? undefined : values[key]
    const time = typeof at === 'string' ? Date.parse(at) : Number.NaN
    return Number.isNaN(time) ? undefined : time
  }
}

const isTime = (key: string) => key.endsWith('At')

const timeKeyOf = (schema: Schema.Schema.AnyNoContext): string | undefined => {
  const { ast } = Schema.encodedSchema(schema)
  return ast._tag === 'TypeLiteral'
    ? ast.propertySignatures.map(({ name }) => String(name)).findLast(isTime)
    : undefined
}
