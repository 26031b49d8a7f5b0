import { Link } from '@tanstack/react-router'
import type { Memory } from '#schema/memories/state.ts'
import type { Origin } from '#schema/shared/origin.ts'
import { useMemoryVersions } from '#web/features/memories/use-memory-versions.ts'
import { useAuthorNames } from '#web/services/author-names.ts'
import { wholeNumber } from '#web/ui/charts/numbers.ts'
import { useLate } from '#web/ui/use-late.ts'
import classes from './memory-trace.module.css'
import { useSourceNames } from './source-names.ts'

interface AddedWhereProps {
  readonly memory: Memory
  readonly origin: Origin | null
}

/** Of a memory that no message led to: the file it came with and its name there, or who added it and where. */
export const AddedWhere = ({ memory, origin }: AddedWhereProps) => {
  const nameOf = useSourceNames()
  if (memory.importId === null) return <AddedByHand memory={memory} />
  return (
    <Link className={classes.card} to="/import">
      <p className={classes.said}>{nameOf({ kind: 'import', id: memory.importId })}</p>
      {origin !== null && (
        <span className={classes.note}>
          {origin.format}
          {origin.sourceId === '' ? '' : `, there called “${origin.sourceId}”`}
        </span>
      )}
    </Link>
  )
}

/** Only the log knows who added it, so it is read. */
const AddedByHand = ({ memory }: { readonly memory: Memory }) => {
  const { versions, progress, failure } = useMemoryVersions(memory.personaId, memory.memoryId, '')
  const nameOf = useAuthorNames()
  const isLate = useLate()
  const first = versions?.[0]
  const who =
    first === undefined || first.actorId === null || first.deviceId === null
      ? undefined
      : nameOf({ actorId: first.actorId, deviceId: first.deviceId })
  return (
    <div className={classes.card}>
      <p className={classes.said}>Added by hand</p>
      <span className={classes.note}>
        {who ??
          (failure === undefined
            ? isLate && progress !== undefined
              ? `Looking up on which device: event ${wholeNumber(progress.done)} of ${wholeNumber(progress.of)}`
              : ''
            : `On which device could not be read: ${failure}`)}
      </span>
    </div>
  )
}
