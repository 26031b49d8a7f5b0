import type { Store } from '@livestore/livestore'
import { memoryTextsWith$ } from '#schema/memories/queries.ts'
import { proposedTexts$ } from '#schema/proposals/queries.ts'
import { searchTextOf } from '#schema/shared/text.ts'
import type { personaSchema } from './persona-store.ts'
import { wordsOf } from './recall-words.ts'

export type ProposalReads = Pick<Store<typeof personaSchema>, 'query'>

/** Whether the same was remembered, proposed or rejected before, or found a moment ago: word by word, in any letter case. */
export const knownIn = (store: ProposalReads) => {
  const known = new Set(store.query(proposedTexts$).map(sayingOf))
  return (content: string): boolean => {
    const saying = sayingOf(content)
    const [longest = content] = saying.split(' ').toSorted((a, b) => b.length - a.length)
    const isKnown =
      known.has(saying) || store.query(memoryTextsWith$(longest)).some((text) => sayingOf(text) === saying)
    known.add(saying)
    return isKnown
  }
}

const sayingOf = (text: string): string =>
  wordsOf(text)
    .map(({ word }) => word)
    .join(' ') || searchTextOf(text).trim()
