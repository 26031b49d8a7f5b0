import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { Sparkles } from 'lucide-react'
import { privacy$ } from '#schema/personas/privacy-queries.ts'
import { openProposalCount$ } from '#schema/proposals/queries.ts'
import { keptWithoutAsking$ } from '#schema/stores/kept-proposals.ts'
import { usePersonaId, usePersonaStore } from '#web/livestore/store-views.tsx'
import classes from './proposals.module.css'

/** Leads to what waits for a decision, or to what was kept without one; not there when there is neither. */
export const ProposalsLink = () => {
  const store = usePersonaStore()
  const personaId = usePersonaId()
  const open = store.useQuery(openProposalCount$())
  const isAlone = store.useQuery(privacy$).proposals === 'alone'
  const kept = store.useQuery(keptWithoutAsking$).length
  const label = open > 0 ? openLabel(open) : isAlone && kept > 0 ? `${kept} kept without asking` : undefined
  if (label === undefined) return null
  return (
    <div className={classes.link}>
      <Button
        component={Link}
        to={`/p/${personaId}/proposals`}
        size="compact-sm"
        variant="default"
        leftSection={<Sparkles size={14} aria-hidden />}
      >
        {label}
      </Button>
    </div>
  )
}

const openLabel = (count: number) => (count === 1 ? 'One thing to remember?' : `${count} things to remember?`)
