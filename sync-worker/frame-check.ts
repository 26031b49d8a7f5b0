import type { RefusalCode } from './refuse.ts'

/** LiveStore fills at most 900 000 bytes with events; the rest is for the message around them. */
export const maxFrameBytes = 1_000_000

/**
 * Reads a message before LiveStore does. LiveStore believes the store id *in the message*: an object that just woke up
 * would otherwise serve, for as long as it stays awake, whatever store its first message names.
 */
export const readFrame = (frame: string | ArrayBuffer, storeId: string): RefusalCode | Message => {
  if (typeof frame !== 'string') return 'MalformedFrame'
  if (new TextEncoder().encode(frame).byteLength > maxFrameBytes) return 'FrameTooLarge'

  const message = parse(frame)
  if (!isMessage(message)) return 'MalformedFrame'
  return message._tag === 'Request' && message.payload.storeId !== storeId ? 'ForeignStore' : message
}

const parse = (frame: string): unknown => {
  try {
    return JSON.parse(frame)
  } catch {
    return undefined
  }
}

/** A message of Effect's RPC, as far as the door cares: always one to a frame. */
export type Message =
  | {
      readonly _tag: 'Request'
      readonly id: string
      readonly tag: unknown
      readonly payload: { readonly storeId?: unknown }
    }
  | { readonly _tag: 'Ack' | 'Interrupt'; readonly requestId: string }
  | { readonly _tag: 'Eof' | 'Ping' }

const isMessage = (value: unknown): value is Message => {
  if (!isRecord(value)) return false
  if (value._tag === 'Request') return isRequestId(value.id) && isRecord(value.payload)
  if (value._tag === 'Ack' || value._tag === 'Interrupt') return isRequestId(value.requestId)
  return value._tag === 'Eof' || value._tag === 'Ping'
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** Ids are counted up per connection, and kept with the socket, which has room for 2 kB. */
const isRequestId = (value: unknown) => typeof value === 'string' && /^\d{1,20}$/.test(value)
