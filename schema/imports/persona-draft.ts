import { idFromNames } from '#schema/shared/ids-from-names.ts'
import { characterCount } from '#schema/shared/text.ts'
import type { PlannedDraft, Remark } from './plan.ts'

interface Found {
  /** The first that is left with a character we allow is taken. */
  readonly names: readonly string[]
  readonly personality: string
  readonly systemPrompt: string
  readonly avatar?: string | null
}

/** A draft that the rules of personas accept, and what had to change for that. `seed` picks its colour. */
export const draftOf = (found: Found, seed: string): { draft: PlannedDraft; notes: readonly Remark[] } => {
  const names = found.names.map(legalName).filter((name) => name !== '')
  const name = names[0] ?? 'Unnamed'
  const personality = cut(found.personality, 20_000)
  const systemPrompt = cut(found.systemPrompt, 2000)
  return {
    draft: {
      name,
      personality,
      tone: '',
      traits: { openness: 50, conscientiousness: 50, extraversion: 50, agreeableness: 50, neuroticism: 50 },
      customTraits: [],
      systemPrompt,
      hue: hueOf(seed),
      avatar: found.avatar ?? null,
    },
    notes: [
      ...note(name !== found.names[0]?.trim(), 'name', `It becomes “${name}”: letters, digits, spaces, - and ’ only.`),
      ...note(personality !== found.personality, 'personality', 'Only the first 20 000 characters are used.'),
      ...note(systemPrompt !== found.systemPrompt, 'system prompt', 'Only the first 2000 characters are used.'),
    ],
  }
}

/** At most `limit` characters, the last of them an ellipsis if something was cut. */
export const cut = (text: string, limit: number): string =>
  text.length <= limit || characterCount(text) <= limit
    ? text
    : `${Array.from(text.slice(0, limit * 2))
        .slice(0, limit - 1)
        .join('')}…`

/** What is no letter, digit, space, hyphen or apostrophe becomes a space. */
const legalName = (name: string) =>
  Array.from(
    name
      .replace(/[^\p{L}\p{M}\p{N} \-'’]+/gu, ' ')
      .replace(/ +/g, ' ')
      .trim(),
  )
    .slice(0, 100)
    .join('')
    .trim()

const hueOf = (seed: string) =>
  Array.from(idFromNames(seed)).reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 360, 0)

const note = (applies: boolean, where: string, reason: string): readonly Remark[] =>
  applies ? [{ where, reason }] : []
