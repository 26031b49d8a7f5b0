import type { MemoryPolicy } from './policy.ts'
import { scoreOf, type Tier, type Tiering } from './tiers.ts'

/** Why a memory is in its tier: “Warm: 0.410, and hot begins at 0.45. Importance gives 0.225, …”. */
export const tierSentence = (tiering: Tiering, policy: Pick<MemoryPolicy, 'hotFrom' | 'warmFrom'>): string => {
  const { shares, days, reinforcements, recalls } = tiering
  const score = scoreOf(shares).toFixed(3)
  return [
    `${tierNames[tiering.tier]}: it scores ${score}, and ${bound(tiering.tier, policy)}.`,
    `Importance gives ${shares.importance.toFixed(3)};`,
    `being written ${ago(days)} gives ${shares.recency.toFixed(3)};`,
    reinforcements === 0
      ? 'nobody reinforced it;'
      : `being reinforced ${times(reinforcements)} gives ${shares.reinforced.toFixed(3)};`,
    recalls === 0
      ? 'no answer used it.'
      : `being used by ${recalls === 1 ? 'an answer' : `${recalls.toLocaleString('en')} answers`} gives ${shares.recalled.toFixed(3)}.`,
  ].join(' ')
}

export const tierNames: { readonly [T in Tier]: string } = { hot: 'Hot', warm: 'Warm', cold: 'Cold' }

const bound = (tier: Tier, { hotFrom, warmFrom }: Pick<MemoryPolicy, 'hotFrom' | 'warmFrom'>) =>
  tier === 'hot'
    ? `hot begins at ${hotFrom}`
    : tier === 'warm'
      ? `hot begins at ${hotFrom}`
      : `warm begins at ${warmFrom}`

const ago = (days: number) =>
  days === 0 ? 'today' : days === 1 ? 'a day ago' : `${days.toLocaleString('en')} days ago`

const times = (count: number) => (count === 1 ? 'once' : `${count.toLocaleString('en')} times`)
