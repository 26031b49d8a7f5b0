import { reinforcementsOf$ } from '#schema/memories/queries.ts'
import type { Memory } from '#schema/memories/state.ts'
import { usePersonaStore } from '#web/livestore/store-views.tsx'
import { RelativeTime } from '#web/ui/times.tsx'
import classes from './memory-detail.module.css'
import { MemoryValidity } from './memory-validity.tsx'

export const MemoryTimes = ({ memory }: { readonly memory: Memory }) => {
  const reinforcements = usePersonaStore().useQuery(reinforcementsOf$(memory.memoryId))
  const latest = reinforcements[0]
  return (
    <dl className={classes.facts}>
      <dt>True since</dt>
      <dd>
        <RelativeTime at={memory.occurredAt} />
      </dd>
      <dt>True until</dt>
      <dd>
        <MemoryValidity key={memory.memoryId} memory={memory} />
      </dd>
      <dt>{memory.importId === null ? 'Known since' : 'Imported'}</dt>
      <dd>
        <RelativeTime at={memory.addedAt} />
      </dd>
      {memory.revisedAt !== null && (
        <>
          <dt>Revised</dt>
          <dd>
            <RelativeTime at={memory.revisedAt} />
          </dd>
        </>
      )}
      {latest !== undefined && (
        <>
          <dt>Reinforced</dt>
          <dd>
            {timesOver(reinforcements.length)}, last <RelativeTime at={latest.reinforcedAt} />
          </dd>
        </>
      )}
      {memory.forgottenAt !== null && (
        <>
          <dt>Forgotten</dt>
          <dd>
            <RelativeTime at={memory.forgottenAt} />
          </dd>
        </>
      )}
    </dl>
  )
}

/** The query stops at a hundred. */
const timesOver = (count: number): string =>
  count === 1 ? 'once' : count < 100 ? `${count} times` : '100 times or more'
