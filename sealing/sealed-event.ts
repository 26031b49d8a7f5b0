import type { LiveStoreEvent } from '@livestore/livestore'
import { Data, Schema } from 'effect'
import { decoderOf, isOf } from '#schema/shared/quick-schema.ts'
import { openText, type Place, SealBroken, Sealed, type SealedText, sealText } from './cipher.ts'
import { StoreErased, type SubjectKey, type SubjectKeys } from './subject-keys.ts'
import { rowsIn, subjectOf, subjectOfRow, theStore } from './subjects.ts'

export type Event = LiveStoreEvent.Global.Encoded

/** An event as it stands in a log: name and encoded arguments. */
export interface Content {
  readonly name: string
  readonly args: unknown
}

/** What stands in the place of an event whose subject was erased. No store knows it, so it materializes to nothing. */
export const erased: Content = { name: 'v1.Erased', args: {} }

/**
 * What a device said of a subject that was erased meanwhile, by nonce. It is sealed with a key that nobody keeps: to all
 * others it arrives as nothing. This device must know it again, or LiveStore would take it for another's and push its own
 * for ever.
 */
export type KeptBack = Map<string, Content>

export const sealAll = async (
  keys: SubjectKeys,
  storeId: string,
  events: readonly Event[],
  keptBack: KeptBack = new Map(),
): Promise<Event[]> => {
  const plans = events.map(planOf)
  const subjects = plans.flatMap(({ subject, parts }) => [subject, ...parts.keys()])
  const keyOf = await keys.toSeal(new Set([theStore, ...subjects]))
  if (keyOf.get(theStore)?.key === 'erased') throw new StoreErased()
  const sealOne = async ({ event, subject, text, parts }: Plan): Promise<Event> => {
    const { name, args, ...envelope } = event
    const place = { storeId, seqNum: envelope.seqNum }
    const main = await sealText(await keyToSeal(keyOf, subject), place, text)
    const sealedParts = [...parts].map(async ([partSubject, rows]) =>
      sealText(await keyToSeal(keyOf, partSubject), { ...place, within: main.nonce }, JSON.stringify(rows)),
    )
    const isErased = [subject, ...parts.keys()].some((it) => keyOf.get(it)?.key === 'erased')
    if (isErased) keptBack.set(main.nonce, { name, args })
    const sealed = parts.size === 0 ? main : { ...main, parts: await Promise.all(sealedParts) }
    return { ...envelope, name: sealedName, args: sealed }
  }
  return Promise.all(plans.map(sealOne))
}

/** A row of an event, with its place among the rows. */
type PlacedRow = readonly [index: number, row: unknown]

interface Plan {
  readonly event: Event
  readonly subject: string
  /** What is sealed under the subject's key: the event, its rows left out. */
  readonly text: string
  /** By what they are about. */
  readonly parts: ReadonlyMap<string, readonly PlacedRow[]>
}

const planOf = (event: Event): Plan => {
  const { name, args } = event
  const subject = subjectOf(args)
  const list = rowsIn(args)
  if (list === undefined) return { event, subject, text: JSON.stringify({ name, args }), parts: new Map() }
  const parts = new Map<string, PlacedRow[]>()
  for (const [index, row] of list.rows.entries()) {
    const about = subjectOfRow(list.field, row)
    const part = parts.get(about)
    if (part === undefined) parts.set(about, [[index, row]])
    else part.push([index, row])
  }
  const text = JSON.stringify({ name, args: withRows(args, list.field, []), parts: parts.size })
  return { event, subject, text, parts }
}

const withRows = (args: unknown, field: string, rows: readonly unknown[]) => ({ ...(args as object), [field]: rows }) // it has that field

const keyToSeal = async (keyOf: ReadonlyMap<string, SubjectKey>, subject: string) => {
  const found = keyOf.get(subject)
  if (found === undefined) throw new Error(`No key was asked for ${subject}.`) // our bug
  const { keyId, key } = found
  return { keyId, key: key === 'erased' ? await keyOfNobody() : key }
}

const keyOfNobody = () => crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt'])

export const openAll = async (
  keys: SubjectKeys,
  storeId: string,
  events: readonly Event[],
  keptBack: KeptBack = new Map(),
): Promise<Event[]> => {
  const sealed = events.map(sealedIn)
  const keyIds = sealed.flatMap(({ keyId, parts = [] }) => [keyId, ...parts.map((part) => part.keyId)])
  const keyOf = await keys.toOpen(new Set(keyIds))
  const open = async (place: Place, text: SealedText) => {
    const key = keyOf.get(text.keyId)
    if (key === undefined || key === 'erased') return undefined
    const opened = await openText(key, place, text)
    if (opened instanceof SealBroken) throw opened
    return opened
  }
  const openOne = async (args: Sealed, event: Event): Promise<Content> => {
    const { nonce, parts = [] } = args
    const place = { storeId, seqNum: event.seqNum }
    const text = await open(place, args)
    const known = keptBack.get(nonce)
    if (known !== undefined) return known
    if (text === undefined) return erased
    const { parts: count = 0, ...content } = read(decodeContent, text, place)
    const list = rowsIn(content.args)
    if (parts.length !== count || (count > 0 && list === undefined)) throw new SealBroken(place)
    if (list === undefined || count === 0) return content
    const opened = await Promise.all(parts.map((part) => open({ ...place, within: nonce }, part)))
    const rows = opened.flatMap((part) => (part === undefined ? [] : read(decodeRows, part, place)))
    const byPlace = new Map(rows)
    if (byPlace.size !== rows.length) throw new SealBroken(place) // a part was given twice
    const inOrder = [...byPlace].toSorted(([a], [b]) => a - b).map(([, row]) => row)
    return { ...content, args: withRows(content.args, list.field, inOrder) }
  }
  return Promise.all(
    events.map(async (event, index) => {
      const args = sealed[index]
      return args === undefined ? event : { ...event, ...(await openOne(args, event)) }
    }),
  )
}

const sealedIn = ({ name, args, seqNum }: Event): Sealed => {
  if (name !== sealedName || !isSealed(args)) throw new NotSealed({ seqNum })
  return args
}

const sealedName = 'v1.Sealed'
const isSealed = isOf(Sealed)

const decodeContent = decoderOf(
  Schema.Struct({ name: Schema.String, args: Schema.Unknown, parts: Schema.optional(Schema.NonNegativeInt) }),
)
const decodeRows = decoderOf(Schema.Array(Schema.Tuple(Schema.NonNegativeInt, Schema.Unknown)))

/** What is in the JSON that was opened for a place. */
const read = <A>(decode: (value: unknown) => A, text: string, place: Place): A => {
  try {
    return decode(JSON.parse(text))
  } catch {
    throw new SealBroken(place)
  }
}

/** The same event without what it says of these subjects: what a device would be given that opened it after they were erased. */
export const withoutSubjects = (content: Content, subjects: ReadonlySet<string>): Content => {
  if (subjects.has(subjectOf(content.args))) return erased
  const list = rowsIn(content.args)
  const rows = list?.rows.filter((row) => !subjects.has(subjectOfRow(list.field, row)))
  if (list === undefined || rows === undefined || rows.length === list.rows.length) return content
  return { ...content, args: withRows(content.args, list.field, rows) }
}

export class NotSealed extends Data.TaggedError('NotSealed')<{ readonly seqNum: number }> {
  override get message() {
    return `Event ${this.seqNum} of this log stands on the server unsealed. No device of yours wrote it so.`
  }
}
