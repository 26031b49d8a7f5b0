import { Button } from '@mantine/core'
import type { MessageRow } from '#schema/conversations/queries.ts'
import { usePersonaStore } from '#web/livestore/store-views.tsx'
import { useMayWrite } from '#web/livestore/use-right.ts'
import classes from './message.module.css'
import { restore } from './message-acts.ts'

/** Deleted messages in a row, folded into one line that brings them back. */
export const DeletedLine = ({ rows }: { readonly rows: readonly MessageRow[] }) => {
  const store = usePersonaStore()
  const mayWrite = useMayWrite()
  return (
    <div className={classes.place}>
      <div className={classes.deleted}>
        {rows.length === 1 ? '1 deleted message' : `${rows.length} deleted messages`}
        {mayWrite && (
          <Button size="compact-xs" variant="subtle" onClick={() => restore(store, rows)}>
            Restore
          </Button>
        )}
      </div>
    </div>
  )
}
