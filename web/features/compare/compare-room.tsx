import { Button, Group, SegmentedControl } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { RotateCw } from 'lucide-react'
import { usePersonaId } from '#web/livestore/store-views.tsx'
import { personaStoreId } from '#web/livestore/stores.ts'
import { EmptyState } from '#web/ui/empty-state.tsx'
import { LateSkeleton } from '#web/ui/late-skeleton.tsx'
import { ProgressView } from '#web/ui/progress-view.tsx'
import { TryAgainState } from '#web/ui/try-again-state.tsx'
import classes from './compare.module.css'
import { type CompareSearch, isOther, momentsIn, worldIn } from './compare-search.ts'
import { ComparisonView } from './comparison-view.tsx'
import { MomentPicker } from './moment-picker.tsx'
import { useComparison } from './use-comparison.ts'
import { type OpenedHistory, useOpenedHistory } from './use-opened-history.ts'
import { WorldForm } from './world-form.tsx'

/** Two moments of a persona, or the world as it is and another of the same log, side by side. */
export const CompareRoom = () => {
  const personaId = usePersonaId()
  const { opened, progress, reopen } = useOpenedHistory(personaStoreId(personaId))
  if (opened instanceof Error)
    return (
      <TryAgainState
        title="The log could not be replayed"
        text={`${opened.message} Nothing was changed.`}
        onTryAgain={reopen}
      />
    )
  if (opened === undefined)
    return (
      <div className={classes.page}>
        <ProgressView
          title="Replaying the log"
          count={
            progress === undefined
              ? 'Reading'
              : `${progress.done.toLocaleString()} of ${progress.of.toLocaleString()} events`
          }
          part={progress === undefined ? 0 : progress.done / Math.max(1, progress.of)}
          stop={{ label: 'Cancel', onClick: () => window.history.back() }}
        />
      </div>
    )
  return <Opened personaId={personaId} opened={opened} onReopen={reopen} />
}

interface OpenedProps {
  readonly personaId: string
  readonly opened: OpenedHistory
  readonly onReopen: () => void
}

const Opened = ({ personaId, opened: { history, makers }, onReopen }: OpenedProps) => {
  const search: CompareSearch = useSearch({ strict: false })
  const navigate = useNavigate()
  const change = (by: CompareSearch) =>
    void navigate({ to: '.', replace: true, search: (before: CompareSearch) => withoutEmpty({ ...before, ...by }) })

  const { head, numbers, times } = history.overview
  const dayAgo = (times.at(-1) ?? 0) - 86_400_000
  const dayBefore = numbers[times.findLastIndex((time) => time <= dayAgo)] ?? 0
  const { from, to } = momentsIn(search, head, dayBefore)
  const world = worldIn(search)
  const { found, isLoading, more } = useComparison(history, { from, to, world, table: search.table })
  return (
    <div className={classes.page}>
      <Group justify="space-between" gap="sm">
        <SegmentedControl
          aria-label="What is compared"
          value={world === null ? 'moments' : 'if'}
          onChange={(what) => change({ what: what === 'if' ? 'if' : '', table: '' })}
          data={[
            { value: 'moments', label: 'Two moments' },
            { value: 'if', label: 'What if' },
          ]}
        />
        <Button variant="default" size="xs" leftSection={<RotateCw size={14} aria-hidden />} onClick={onReopen}>
          Take what came since
        </Button>
      </Group>
      <div className={classes.form}>
        {world === null && (
          <MomentPicker legend="From" value={from} history={history} onChange={(n) => change({ from: String(n) })} />
        )}
        <MomentPicker
          legend={world === null ? 'To' : 'As of'}
          value={to}
          history={history}
          onChange={(n) => change({ to: n >= head ? 'now' : String(n) })}
        />
      </div>
      {world !== null && <WorldForm search={search} makers={makers} onChange={change} />}
      {world !== null && !isOther(world) ? (
        <EmptyState
          title="Nothing is otherwise yet"
          text="Leave some events out, or change a policy, and both worlds are shown side by side."
        />
      ) : found === undefined ? (
        <LateSkeleton />
      ) : found instanceof Error ? (
        <EmptyState title="The two could not be compared" text={`${found.message} Nothing was changed.`} />
      ) : (
        <ComparisonView
          found={found}
          personaId={personaId}
          isWhatIf={world !== null}
          table={search.table}
          onTable={(table) => change({ table: table ?? '' })}
          isLoading={isLoading}
          onMore={more}
        />
      )}
    </div>
  )
}

/** Numbers as such, or they would stand in the address between quotes; who reads it has texts again. */
const withoutEmpty = (search: CompareSearch) =>
  Object.fromEntries(
    Object.entries(search).flatMap(([key, value]) =>
      value === '' ? [] : [[key, /^(0|[1-9]\d{0,14})(\.\d*[1-9])?$/.test(value) ? Number(value) : value]],
    ),
  ) as Record<string, string> // as it is read
