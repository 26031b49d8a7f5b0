import type { MessageRow } from '#schema/conversations/queries.ts'

/**
 * Which messages of the open branch are on the page: the newest ones, and as many older ones as somebody scrolled to.
 *
 *   the log   ······ older ······│ first ▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓ newest
 *   asked for        slack ▒▒▒▒▒▒│▓▓▓▓▓▓▓▓▓▓▓▓ size ▓▓▓▓▓▓▓
 *
 * The first one stays the first while messages arrive at the end, so that nothing moves under who reads; the slack is
 * how many may arrive before the question to the store has to grow.
 */
export const pageSize = 100
export const slack = 50

export interface MessageWindow {
  readonly rows: readonly MessageRow[]
  readonly hasOlder: boolean
}

/** `found` is what the store gave for `size + slack`, oldest first; `firstId` is the first message shown before. */
export const windowOf = (found: readonly MessageRow[], size: number, firstId: string | undefined): MessageWindow => {
  const kept = firstId === undefined ? -1 : found.findIndex(({ messageId }) => messageId === firstId)
  const start = kept === -1 ? Math.max(0, found.length - size) : kept
  const goesOn = found.length === size + slack && found[0]?.parentMessageId !== null
  return { rows: found.slice(start), hasOlder: start > 0 || goesOn }
}

export type Item =
  | { readonly kind: 'message'; readonly key: string; readonly row: MessageRow; readonly newDay: boolean }
  | { readonly kind: 'deleted'; readonly key: string; readonly rows: readonly MessageRow[] }
  /** Its key is that of the message it becomes. */
  | { readonly kind: 'coming'; readonly key: string; readonly taskId: string }

/** What the list shows: deleted messages in a row are one line, and the first message of a day says so. */
export const rowsToItems = (rows: readonly MessageRow[]): readonly Item[] => {
  const items: Item[] = []
  let day = ''
  for (const row of rows) {
    const last = items.at(-1)
    if (row.deletedAt !== null) {
      if (last?.kind === 'deleted') items[items.length - 1] = { ...last, rows: [...last.rows, row] }
      else items.push({ kind: 'deleted', key: row.messageId, rows: [row] })
      continue
    }
    const ownDay = row.sentAt.toDateString()
    items.push({ kind: 'message', key: row.messageId, row, newDay: ownDay !== day })
    day = ownDay
  }
  return items
}

export const holds = (item: Item, messageId: string): boolean =>
  item.kind === 'deleted' ? item.rows.some((row) => row.messageId === messageId) : item.key === messageId

/** As many messages as it takes to have the one at `place`, counted from the end, among them with some before it. */
export const sizeToReach = (place: number | null): number =>
  place === null ? pageSize : Math.ceil((place + 20) / pageSize) * pageSize
