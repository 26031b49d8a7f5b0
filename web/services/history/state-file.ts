import { eventSentence } from '#schema/stores/event-sentence.ts'
import type { History, PastState } from '#schema/stores/history.ts'
import type { HistoryCalls } from './history-protocol.ts'

/** A state to be shown elsewhere, and what made it so. */
export const stateFile = ({ events }: History, { db }: PastState, n: number): HistoryCalls['stateFile'][1] => {
  const event = events.findLast(({ seqNum }) => seqNum <= n)
  return {
    file: db.serialize() as Uint8Array<ArrayBuffer>, // a copy of SQLite's memory, which nobody shares
    event: event === undefined ? null : { name: event.name, sentence: eventSentence(event) },
  }
}
