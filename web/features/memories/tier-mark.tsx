import { Pin } from 'lucide-react'
import { tierNames } from '#schema/memories/tier-sentence.ts'
import type { Tier } from '#schema/memories/tiers.ts'
import classes from './tier-mark.module.css'

/** Full, half or empty; a pin instead where it was pinned. */
export const TierMark = ({ tier, isPinned }: { readonly tier: Tier; readonly isPinned: boolean }) => {
  const label = isPinned ? 'Pinned: stays hot' : tierNames[tier]
  return (
    <span className={classes.mark} role="img" aria-label={label} title={label}>
      {isPinned ? <Pin size={12} aria-hidden /> : <span className={classes.dot} data-tier={tier} />}
    </span>
  )
}
