import type { Traits } from '#schema/personas/events.ts'

export const traitNames = [
  'openness',
  'conscientiousness',
  'extraversion',
  'agreeableness',
  'neuroticism',
] as const satisfies readonly (keyof Traits)[]

interface TraitEnds {
  readonly label: string
  readonly low: string
  readonly high: string
}

/** Both ends of each of the Big Five, so that a number says something. */
export const traitEnds: Readonly<Record<keyof Traits, TraitEnds>> = {
  openness: { label: 'Openness', low: 'practical', high: 'inventive' },
  conscientiousness: { label: 'Conscientiousness', low: 'easy-going', high: 'thorough' },
  extraversion: { label: 'Extraversion', low: 'reserved', high: 'outgoing' },
  agreeableness: { label: 'Agreeableness', low: 'blunt', high: 'kind' },
  neuroticism: { label: 'Neuroticism', low: 'steady', high: 'sensitive' },
}
