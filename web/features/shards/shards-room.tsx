import { Badge } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTold } from '#web/services/cells/watch.ts'
import { alertsWatch, movesWatch } from '#web/services/cells/watches.ts'
import { isUnderWay } from './moves/steps.ts'
import classes from './shards-room.module.css'

const views = [
  { view: 'overview', to: '/shards', label: 'Overview' },
  { view: 'plan', to: '/shards/plan', label: 'Plan' },
  { view: 'moves', to: '/shards/moves', label: 'Moves' },
  { view: 'health', to: '/shards/health', label: 'Health' },
  { view: 'explore', to: '/shards/explore', label: 'This device' },
] as const

type ShardsView = (typeof views)[number]['view']
export const isShardsView = (name: string): name is ShardsView => views.some(({ view }) => view === name)

interface ShardsRoomProps {
  readonly view: ShardsView
  readonly children: ReactNode
}

/** Where all stores stand on the server, and what this device has of them. */
export const ShardsRoom = ({ view, children }: ShardsRoomProps) => {
  const running = useTold(movesWatch).value?.moves.filter(isUnderWay).length ?? 0
  const open = useTold(alertsWatch).value?.open.length ?? 0
  const counts = { moves: running, health: open }
  return (
    <div className={classes.room}>
      <nav className={classes.tabs} aria-label="Views of shards">
        {views.map(({ view: name, to, label }) => (
          <Link
            key={name}
            to={to}
            className={classes.tab}
            aria-current={name === view ? 'page' : undefined}
            activeOptions={{ exact: true }}
          >
            {label}
            {(name === 'moves' || name === 'health') && counts[name] > 0 && (
              <Badge size="sm" variant="light" color={name === 'health' ? 'red' : 'indigo'} tt="none">
                {counts[name]}
              </Badge>
            )}
          </Link>
        ))}
      </nav>
      <div className={classes.page}>{children}</div>
    </div>
  )
}
