import { Eye } from 'lucide-react'
import classes from './also-at-mark.module.css'

/** On a row that somebody else has open. */
export const AlsoAtMark = ({ who }: { readonly who: string }) => (
  <span className={classes.mark} role="img" aria-label={`Also here: ${who}`} title={who}>
    <Eye size={12} aria-hidden />
  </span>
)
