import { Button, SegmentedControl, Text, Title } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useMemo, useState } from 'react'
import type { Provenance } from '#schema/stores/provenance.ts'
import type { ExplorerViewProps } from '#web/features/memories/explorer-view-props.ts'
import { filterOfSearch } from '#web/features/memories/memory-search.ts'
import { startOfToday } from '#web/features/memories/start-of-today.ts'
import { counted, wholeNumber } from '#web/ui/charts/numbers.ts'
import { LateSkeleton } from '#web/ui/late-skeleton.tsx'
import { type ColumnName, flowOf } from './flow.ts'
import { FlowColumns } from './flow-columns.tsx'
import classes from './provenance.module.css'
import { useSourceNames } from './source-names.ts'
import { useProvenance } from './use-provenance.ts'

const columnLabels: Readonly<Record<ColumnName, string>> = {
  sources: 'Learnt from',
  memories: 'Memories',
  answers: 'Answers',
}

/** Sources, memories and answers side by side, with what runs between them; one after the other on a phone. */
export const ProvenanceBoard = ({
  narrowing,
  onChange,
  onOpen,
}: Pick<ExplorerViewProps, 'narrowing' | 'onChange' | 'onOpen'>) => {
  const today = startOfToday()
  const filter = useMemo(() => filterOfSearch(narrowing, today), [narrowing, today])
  const provenance = useProvenance(filter, narrowing.from)
  if (provenance === undefined) return <LateSkeleton />
  return <Board provenance={provenance} from={narrowing.from} onChange={onChange} onOpen={onOpen} />
}

interface BoardProps extends Pick<ExplorerViewProps, 'onChange' | 'onOpen'> {
  readonly provenance: Provenance
  readonly from: string | undefined
}

const Board = ({ provenance, from: chosen, onChange, onOpen }: BoardProps) => {
  const flow = useMemo(() => flowOf(provenance), [provenance])
  const nameOf = useSourceNames()
  const isPhone = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false })
  const [column, setColumn] = useState<ColumnName>('sources')
  const { totals } = provenance
  const choose = (from: string | undefined) => {
    onChange({ from })
    if (from !== undefined) setColumn('memories')
  }
  const columns = (['sources', 'memories', 'answers'] as const).filter((name) => !isPhone || name === column)
  return (
    <section className={classes.view} aria-label="Where memories come from and go">
      <header className={classes.head}>
        <div className={classes.headText}>
          <Title order={3} size="md" lh="md">
            {findingOf(totals)}
          </Title>
          <Text size="sm" c="dimmed">
            {counted(totals.sources, 'source')}, {counted(totals.memories, 'memory', 'memories')},{' '}
            {counted(totals.answers, 'answer')}
          </Text>
        </div>
        {chosen !== undefined && (
          <Button size="xs" variant="default" flex="none" onClick={() => choose(undefined)}>
            All sources
          </Button>
        )}
      </header>
      {isPhone && (
        <SegmentedControl
          className={classes.tabs}
          fullWidth
          size="xs"
          aria-label="Column"
          value={column}
          onChange={setColumn}
          data={(['sources', 'memories', 'answers'] as const).map((value) => ({ value, label: columnLabels[value] }))}
        />
      )}
      <FlowColumns
        flow={flow}
        provenance={provenance}
        columns={columns}
        labels={columnLabels}
        chosen={chosen}
        nameOf={nameOf}
        onChoose={choose}
        onOpen={onOpen}
      />
    </section>
  )
}

const findingOf = ({ memories, used }: { readonly memories: number; readonly used: number }): string => {
  if (used === 0) return 'No answer was given any of these memories yet'
  if (used === memories) return 'Answers were given every one of these memories'
  return `Answers were given ${wholeNumber(used)} of ${counted(memories, 'memory', 'memories')}`
}
