import { sha256 } from '@noble/hashes/sha2.js'
import type { Hash } from './hash.ts'

/**
 * The chain over a log, as the server makes it and anybody checks it (`docs/proof.md`, byte by byte).
 *
 *     h(0) = SHA-256( "pjai log" · store · epoch · log )
 *     h(n) = SHA-256( h(n−1) · canonical(entry n) )
 *
 * Invariants: two different entries have different canonical bytes, since every field has a fixed length or says its own;
 * nothing here depends on how JSON is written: `args` is hashed as the text that the server keeps.
 */
export interface Entry {
  /** Of the canonical form: 1. */
  readonly format: number
  readonly storeId: string
  /** In which epoch of the store it was accepted. A log that moves takes its entries along as they are. */
  readonly epoch: number
  /** 1, 2, 3 … */
  readonly n: number
  readonly parent: number
  /** The sealed event: its name, and the JSON text of its arguments. */
  readonly name: string
  readonly args: string
  readonly device: string
  readonly session: string
  /** The account that the server knew the device by; null when it was not noted: the entry was found in the log later. */
  readonly actor: string | null
  /** By the server's clock, in milliseconds since 1970. */
  readonly acceptedAt: number
  /** When an entry without an actor was found and chained; null for one that was chained as it was accepted. */
  readonly foundAt: number | null
  /** h(n), 64 hexadecimal digits. */
  readonly hash: string
}

/** Of which log it is the beginning. */
export interface LogStart {
  readonly storeId: string
  /** The first one that the log was in. */
  readonly epoch: number
  /** Names this log among those that a store has begun: LiveStore's backend id. A server that lost its log begins another. */
  readonly logId: string
}

export const entryFormat = 1

/** h(0). */
export const startHash = ({ storeId, epoch, logId }: LogStart): Uint8Array => {
  begin()
  text('pjai log')
  u8(entryFormat)
  text(storeId)
  u32(epoch)
  text(logId)
  return sha256(bytes.subarray(0, length))
}

/** h(n), of h(n−1) and the entry, whatever hash that states. */
export const linkHash = (previous: Uint8Array, entry: Unhashed, hash: Hash = sha256): Uint8Array => {
  begin()
  reserve(previous.length)
  bytes.set(previous, length)
  length += previous.length
  write(entry)
  return hash(bytes.subarray(0, length))
}

/** What of an entry is hashed, for whoever wants to look at it. */
export const canonicalBytes = (entry: Unhashed): Uint8Array => {
  begin()
  write(entry)
  return bytes.slice(0, length)
}

type Unhashed = Omit<Entry, 'hash'>

const write = (entry: Unhashed) => {
  u8(entry.format)
  text(entry.storeId)
  u32(entry.epoch)
  u64(entry.n)
  u64(entry.parent)
  text(entry.name)
  text(entry.args)
  text(entry.device)
  text(entry.session)
  optional(entry.actor, text)
  u64(entry.acceptedAt)
  optional(entry.foundAt, u64)
}

// One buffer for all: 50 000 entries a second are written here, and none is kept.
let bytes = new Uint8Array(4096)
let view = new DataView(bytes.buffer)
let length = 0
const encoder = new TextEncoder()

const begin = () => {
  length = 0
}

const reserve = (count: number) => {
  if (length + count <= bytes.length) return
  const larger = new Uint8Array(2 * (length + count))
  larger.set(bytes.subarray(0, length))
  bytes = larger
  view = new DataView(bytes.buffer)
}

const u8 = (value: number) => {
  reserve(1)
  view.setUint8(length, value)
  length += 1
}

const u32 = (value: number) => {
  reserve(4)
  view.setUint32(length, value)
  length += 4
}

const u64 = (value: number) => {
  u32(Math.floor(value / 2 ** 32))
  u32(value)
}

/** Its length in bytes, then its UTF-8. */
const text = (value: string) => {
  reserve(4 + 3 * value.length)
  const { written } = encoder.encodeInto(value, bytes.subarray(length + 4))
  view.setUint32(length, written)
  length += 4 + written
}

const optional = <A>(value: A | null, writeValue: (value: A) => void) => {
  u8(value === null ? 0 : 1)
  if (value !== null) writeValue(value)
}
