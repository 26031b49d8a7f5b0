import { idFromNames } from '#schema/shared/ids-from-names.ts'
import { sentence } from '#tests/bench/data.ts'
import { type PeerRow, topCount } from './peer.ts'

/** Rows from this number on are more important than all before them. */
export const firstOnTop = 1_000_000

/** The same row in every run, by its number. */
export const rowAt = (index: number): PeerRow => ({
  memoryId: idFromNames('peer', String(index)),
  content: `${index}: ${sentence(index)} ${wordOf(index)}`,
  kind: index % 3 === 0 ? 'fact' : 'event',
  importance: millionths(index) / 1_000_000,
  occurredAt: Date.UTC(2024, 0, 1) + index * 60_000,
  tags: [`tag${index % 17}`],
})

export const rowsFrom = (first: number, count: number): readonly PeerRow[] =>
  Array.from({ length: count }, (_, place) => rowAt(first + place))

/** One row in a thousand holds the word of a number. Another one each time, or who keeps answers would not search. */
export const wordOf = (index: number) => `mark${String(index % 1000).padStart(3, '0')}`

export const searchedWord = wordOf(7)

/** What a peer that was given these rows has to answer. */
export const expectedOf = (indexes: readonly number[]) => ({
  top: indexes
    .toSorted((a, b) => millionths(b) - millionths(a))
    .slice(0, topCount)
    .map((index) => rowAt(index).memoryId),
  found: indexes.filter((index) => wordOf(index) === searchedWord).length,
})

// Both numbers have no divisor in common, so that the first nine hundred thousand rows all differ.
const millionths = (index: number) => (index >= firstOnTop ? 900_000 + (index - firstOnTop) : (index * 7919) % 899_981)
