import { UnstyledButton } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { TriangleAlert } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useTold } from '#web/services/cells/watch.ts'
import { alertsWatch } from '#web/services/cells/watches.ts'
import { counted } from '#web/ui/charts/numbers.ts'
import { showProblem } from '#web/ui/undo.tsx'
import classes from './alert-badge.module.css'
import { newAlerts } from './new-alerts.ts'

/** How many alerts are open, if any is; one that opens meanwhile is told at once. */
export const AlertBadge = () => {
  const open = useTold(alertsWatch).value?.open
  const known = useRef<ReadonlySet<string>>(undefined)
  useEffect(() => {
    if (open === undefined) return
    const before = known.current
    known.current = new Set(open.map(({ alertId }) => alertId))
    for (const { what } of newAlerts(before, open).slice(0, mostAtOnce)) showProblem(what)
  }, [open])
  if (open === undefined || open.length === 0) return null
  const says = counted(open.length, 'alert')
  return (
    <UnstyledButton
      component={Link}
      to="/shards/health"
      className={classes.badge}
      title={open[0]?.what}
      aria-label={says}
    >
      <TriangleAlert size={14} aria-hidden />
      <span>{open.length}</span>
    </UnstyledButton>
  )
}

const mostAtOnce = 2
