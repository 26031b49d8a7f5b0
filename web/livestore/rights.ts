import { Schema } from '@livestore/livestore'
import { Data } from 'effect'
import { get, getAll, put, type Right } from './device-db.ts'

/**
 * What this device may do with each store. The server decides it on every connect and every push; here it is remembered,
 * so that nothing is offered that would be refused, offline too.
 *
 *     worker, before each dial ──asks──► server          page, when a share comes ──► kept
 *            └──► kept in the device's database, told to every page ──► what is offered there follows
 */
export const RightGiven = Schema.Struct({
  storeId: Schema.String,
  role: Schema.Literal('owner', 'editor', 'auditor', 'viewer'),
  canShare: Schema.Boolean,
  expiresAt: Schema.NullOr(Schema.Date),
})

const rights = new Map<string, Right>()
const listeners = new Set<() => void>()

const channel = new BroadcastChannel('pjai-rights')
channel.onmessage = ({ data }: MessageEvent<Right>) => take(data)

/** What was known when this page began. What is heard meanwhile is newer. */
export const rightsLoaded = loadRights()

async function loadRights() {
  for (const right of await getAll('rights')) if (!rights.has(right.storeId)) take(right)
}

export const keepRight = async (right: Right): Promise<void> => {
  if (JSON.stringify(rights.get(right.storeId)) === JSON.stringify(right)) return
  take(right)
  await put('rights', right)
  channel.postMessage(right)
}

/** The server knows of no right. One that another person gave has ended; an own store waits for its device to be let in. */
export const endRight = async (storeId: string): Promise<void> => {
  const right = await get('rights', storeId)
  if (right === undefined || right.role === 'owner' || right.endedAt !== null) return
  await keepRight({ ...right, endedAt: new Date() })
}

export const rightTo = (storeId: string): Right | undefined => rights.get(storeId)

export const mayWriteTo = (storeId: string): boolean => mayWrite(rights.get(storeId))

export const mayWrite = (right: Right | undefined): boolean =>
  right === undefined || (right.endedAt === null && (right.role === 'owner' || right.role === 'editor'))

export const subscribeToRights = (listener: () => void) => {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

const take = (right: Right) => {
  rights.set(right.storeId, right)
  for (const listener of listeners) listener()
}

export class ReadOnly extends Data.TaggedError('ReadOnly') {
  override get message() {
    return 'You can read this persona, not change it. Its owner can let you write.'
  }
}
