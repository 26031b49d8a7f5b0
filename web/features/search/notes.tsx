import type { SearchNote } from '#schema/stores/search-query.ts'
import type { Indexing } from '#web/services/search/search.ts'
import classes from './search.module.css'

/** What of the text was left aside, and why. */
export const Notes = ({ notes }: { readonly notes: readonly SearchNote[] }) =>
  notes.length === 0 ? null : (
    <ul className={classes.notes} aria-label="Left aside">
      {notes.slice(0, notesAtMost).map(({ ignored, reason }) => (
        <li key={ignored + reason}>
          <code dir="auto">{ignored}</code> {reason}
        </li>
      ))}
      {notes.length > notesAtMost && <li>And {(notes.length - notesAtMost).toLocaleString()} more.</li>}
    </ul>
  )

const notesAtMost = 4

/** How much of everything is searched, while that is not all of it. */
export const IndexingLine = ({ indexing }: { readonly indexing: Indexing }) => {
  const says = indexingSays(indexing)
  return says === undefined ? null : (
    <p className={classes.indexing} role="status">
      {says}
    </p>
  )
}

export const indexingSays = ({ done, shards, isBusy }: Indexing): string | undefined => {
  if (done >= shards) return undefined
  const much = `${done.toLocaleString()} of ${shards.toLocaleString()} personas`
  return isBusy ? `Indexing: ${much} can be searched so far.` : `${much} can be searched on this device now.`
}
