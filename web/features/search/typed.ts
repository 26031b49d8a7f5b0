import { readQuery, type SearchQuery } from '#schema/stores/search-query.ts'

/** More than anybody types, and what an address still holds. */
const charactersAtMost = 1000

/** What is asked of a text that was typed or pasted, and whether that is only its beginning. */
export const askedOf = (text: string): { readonly asked: string; readonly isCut: boolean } => {
  const trimmed = text.trim()
  if (trimmed.length <= charactersAtMost) return { asked: trimmed, isCut: false }
  const end = isFirstOfPair(trimmed, charactersAtMost - 1) ? charactersAtMost - 1 : charactersAtMost
  return { asked: trimmed.slice(0, end), isCut: true }
}

export const cutNote = {
  ignored: '…',
  reason: `This is long: its first ${charactersAtMost.toLocaleString()} characters are looked for.`,
}

/** The same for one persona alone. */
export const withPersona = (typed: string, name: string): string => {
  const value = name.replaceAll('"', ' ').trim()
  // In front: a quote that is not closed goes to the end.
  return `persona:${/\s/.test(value) ? `"${value}"` : value} ${typed}`
}

export const isAboutOnePersona = (typed: string): boolean =>
  partsOf(typed).filters.some((filter) => filter.field === 'persona' && !filter.isExcluded)

/** What finds more, for whoever found nothing; nothing, where there is nothing to loosen. */
export const looserOf = (typed: string): { readonly typed: string; readonly says: string } | undefined => {
  const { wanted, without, filters } = partsOf(typed)
  const words = wanted.flatMap(({ tokens }) => tokens)
  if (words.length === 0) return undefined
  const isStrict = filters.length > 0 || without.length > 0 || wanted.some(({ tokens }) => tokens.length > 1)
  if (isStrict) return { typed: words.join(' '), says: 'Look for the words alone' }
  if (wanted.every(({ isPrefix }) => isPrefix)) return undefined
  return { typed: words.map((word) => `${word}*`).join(' '), says: 'Look for words that begin so' }
}

/** What a text consists of. When that is asked changes the moments it means, and nothing of this. */
export const partsOf = (typed: string): SearchQuery => readQuery(typed, { now: anyTime })

const anyTime = new Date(0)

const isFirstOfPair = (text: string, at: number) => /[\ud800-\udbff]/.test(text[at] ?? '')
