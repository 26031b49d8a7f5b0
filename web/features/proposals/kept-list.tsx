import { Button, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { KeptProposal } from '#schema/stores/kept-proposals.ts'
import { usePersonaId, usePersonaStore } from '#web/livestore/store-views.tsx'
import { RelativeTime } from '#web/ui/times.tsx'
import { takeBack } from './proposal-acts.ts'
import classes from './proposals.module.css'

/** What the persona remembered by itself, each to be taken back. */
export const KeptList = ({
  kept,
  mayWrite,
}: {
  readonly kept: readonly KeptProposal[]
  readonly mayWrite: boolean
}) => {
  const store = usePersonaStore()
  const personaId = usePersonaId()
  return (
    <section aria-label="Kept without asking">
      <h3 className={classes.title}>Kept without asking</h3>
      <ul className={classes.rows}>
        {kept.map(({ memoryId, content, why, keptAt }) => (
          <li key={memoryId} className={classes.kept}>
            <div className={classes.grow}>
              <Link
                className={classes.source}
                to="/p/$personaId/memories"
                params={{ personaId }}
                search={{ memory: memoryId }}
              >
                {content}
              </Link>
              <Text size="sm" c="dimmed">
                {why} <RelativeTime at={keptAt} />
              </Text>
            </div>
            {mayWrite && (
              <Button size="compact-sm" variant="default" onClick={() => takeBack(store, memoryId)}>
                Take back
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
