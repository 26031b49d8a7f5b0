import classes from './changed-text.module.css'
import { wordDiff } from './word-diff.ts'

/** What a text became, with the words that came and went marked. */
export const ChangedText = ({ before, after }: { readonly before: string; readonly after: string }) => (
  <p className={classes.text}>
    {wordDiff(before, after).map(({ kind, text }, place) => {
      const Element = kind === 'same' ? 'span' : kind === 'added' ? 'ins' : 'del'
      // A piece of a text has no identity but its place.
      // biome-ignore lint/suspicious/noArrayIndexKey: as above
      return <Element key={place}>{text}</Element>
    })}
  </p>
)
