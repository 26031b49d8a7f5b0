import { type DateFilter, dateFilterOf } from './search-dates.ts'
import { foldedText, tokensIn } from './search-tokens.ts'

/**
 * What a person typed into a search, whatever it was: a query, and notes about what of it was left aside.
 *
 *   tea "green tea" cin* -coffee from:ada in:"Harbour walks" kind:fact before:2026-03 after:2025 has:image is:archived
 *
 * All words and filters have to hold. There are no other operators: AND, NEAR or a bracket are words like any other.
 */
export interface SearchQuery {
  readonly wanted: readonly Wanted[]
  readonly without: readonly Wanted[]
  readonly filters: readonly SearchFilter[]
  readonly notes: readonly SearchNote[]
}

/** Tokens that stand one after the other; with `isPrefix` the last one may go on. Never without tokens. */
export interface Wanted {
  readonly tokens: readonly string[]
  readonly isPrefix: boolean
}

/** `from`: who said it. `in`: the conversation. `value` is folded as tokens are, with a space between two. */
export type SearchFilter = (TextFilter | DateFilter) & { readonly isExcluded: boolean }

export interface TextFilter {
  readonly field: (typeof textFields)[number]
  readonly value: string
}

/** What was left aside, as it was typed, and why: for a person. */
export interface SearchNote {
  readonly ignored: string
  readonly reason: string
}

export interface ReadingOptions {
  readonly now: Date
  /** The person is still typing: the last word may go on. */
  readonly isTyping?: boolean
}

const textFields = ['from', 'in', 'kind', 'has', 'persona', 'role', 'is'] as const
const wordsAtMost = 32
const filtersAtMost = 16
/** With fewer letters half of all texts would be found, slowly. */
const typedAtLeast = 3

export const readQuery = (text: string, { now, isTyping = false }: ReadingOptions): SearchQuery => {
  const pieces = Array.from(text.replace(invisible, '').matchAll(piece))
  const read = pieces.map((match) => readPiece(match, now))
  const notes = read.flatMap(({ note }) => note ?? [])
  const terms = read.flatMap(({ term }) => term ?? [])
  const filters = read.flatMap(({ filter }) => filter ?? [])
  if (terms.length > wordsAtMost)
    notes.push({
      ignored: shortened(terms.slice(wordsAtMost).map(typed).join(' ')),
      reason: `Only the first ${wordsAtMost} words are looked for.`,
    })
  if (filters.length > filtersAtMost)
    notes.push({
      ignored: `${filters.length - filtersAtMost} filters`,
      reason: `Only the first ${filtersAtMost} filters count.`,
    })
  const kept = terms.slice(0, wordsAtMost)
  const last = pieces.at(-1)
  const isOpenWord = isTyping && last?.groups?.word !== undefined && /\S$/.test(text) && terms.length <= wordsAtMost
  const goesOn = isOpenWord && (terms.at(-1)?.tokens.at(-1)?.length ?? 0) >= typedAtLeast
  return {
    wanted: kept
      .filter(({ isExcluded }) => !isExcluded)
      .map(({ tokens, isPrefix }, n, all) => ({
        tokens,
        isPrefix: isPrefix || (goesOn && n === all.length - 1 && !kept.at(-1)?.isExcluded),
      })),
    without: kept.filter(({ isExcluded }) => isExcluded).map(({ tokens, isPrefix }) => ({ tokens, isPrefix })),
    filters: filters.slice(0, filtersAtMost),
    notes,
  }
}

/** Nothing to look for: the answer is no list, not even an empty one. */
export const isEmptyQuery = ({ wanted, without, filters }: SearchQuery): boolean =>
  wanted.length + without.length + filters.length === 0

// Whoever pastes from a page brings them along, between letters and before operators.
const invisible = /[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad]/g

/** `-field:"several words"`, `-"a phrase"`, `-word*`. A quote that is not closed goes to the end. */
const piece =
  /(?<minus>[-−–]*)(?:(?<field>[\p{L}]{1,20}):(?="|\S|$|\s)(?:"(?<quotedValue>[^"]*)(?<valueEnd>"?)|(?<value>[^\s"]*))|"(?<phrase>[^"]*)(?<end>"?)(?<star>\*?)|(?<word>[^\s"]+))/gu

interface Term extends Wanted {
  readonly isExcluded: boolean
}

interface Read {
  readonly term?: Term
  readonly filter?: SearchFilter
  readonly note?: SearchNote
}

const readPiece = ({ 0: whole, groups = {} }: RegExpMatchArray, now: Date): Read => {
  const isExcluded = (groups.minus ?? '') !== ''
  const field = foldedText(groups.field ?? '')
  const value = groups.quotedValue ?? groups.value ?? ''
  if (groups.field !== undefined && isField(field)) return readFilter(field, value, isExcluded, whole, now)
  const said = groups.phrase ?? groups.word ?? `${groups.field ?? ''} ${value}`
  const tokens = tokensIn(said).map((token) => token.text)
  if (tokens.length === 0)
    return { note: { ignored: shortened(whole), reason: 'There is no letter or digit in it to look for.' } }
  const isPrefix = groups.phrase === undefined ? said.endsWith('*') : groups.star === '*'
  const isOpen = groups.phrase !== undefined && groups.end === ''
  return {
    term: { tokens: tokens.slice(0, wordsAtMost), isPrefix: isPrefix && tokens.length <= wordsAtMost, isExcluded },
    ...(isOpen
      ? { note: { ignored: '"', reason: 'The quote is not closed: everything after it is one phrase.' } }
      : {}),
  }
}

type Field = TextFilter['field'] | DateFilter['field']

const isField = (field: string): field is Field =>
  field === 'before' || field === 'after' || textFields.some((it) => it === field)

const readFilter = (field: Field, value: string, isExcluded: boolean, whole: string, now: Date): Read => {
  const ignore = (reason: string): Read => ({ note: { ignored: shortened(whole), reason } })
  if (field === 'before' || field === 'after') {
    const filter = dateFilterOf(field, value, now)
    return filter === undefined
      ? ignore(`“${field}:” wants a day, a month or a year, such as ${field}:2026-03-01.`)
      : { filter: { ...filter, isExcluded } }
  }
  const folded = tokensIn(value)
    .map((token) => token.text)
    .join(' ')
  if (folded === '') return ignore(`“${field}:” wants a word after it.`)
  if (field === 'is' && folded !== 'archived') return ignore('“is:” knows only “is:archived”.')
  return { filter: { field, value: folded.slice(0, 200), isExcluded } }
}

const typed = ({ tokens }: Term) => tokens.join(' ')

const shortened = (text: string): string => (text.length <= 40 ? text : `${text.slice(0, 39)}…`)
