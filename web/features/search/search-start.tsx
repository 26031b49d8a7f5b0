import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { OperatorTable } from './operator-table.tsx'
import { forgetQueries } from './recent-queries.ts'
import classes from './search.module.css'

interface SearchStartProps {
  readonly hasRecent: boolean
  readonly recent: ReactNode
}

/** Nothing is typed yet: what was looked for lately, and what one can type. */
export const SearchStart = ({ hasRecent, recent }: SearchStartProps) => (
  <div className={classes.start}>
    {hasRecent && (
      <section>
        {recent}
        <Button size="compact-xs" variant="subtle" color="gray" ml={4} onClick={forgetQueries}>
          Clear this list
        </Button>
      </section>
    )}
    <section>
      <h2 className={classes.heading}>Everything said and remembered, with all personas</h2>
      <p className={classes.lead}>Type a word. These make it more exact:</p>
      <OperatorTable />
    </section>
  </div>
)
