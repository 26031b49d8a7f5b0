import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { Sparkles } from 'lucide-react'
import { openProposalCount$ } from '#schema/proposals/queries.ts'
import { usePersonaId, usePersonaStore } from '#web/livestore/store-views.tsx'
import classes from './proposals.module.css'

/** Leads to what waits for a decision; not there when nothing does. */
export const ProposalsLink = () => {
  const count = usePersonaStore().useQuery(openProposalCount$())
  const personaId = usePersonaId()
  if (count === 0) return null
  return (
    <div className={classes.link}>
      <Button
        component={Link}
        to={`/p/${personaId}/proposals`}
        size="compact-sm"
        variant="default"
        leftSection={<Sparkles size={14} aria-hidden />}
      >
        {count === 1 ? 'One thing to remember?' : `${count} things to remember?`}
      </Button>
    </div>
  )
}
