import { ActionIcon, Button, Group, SegmentedControl, Tooltip, UnstyledButton } from '@mantine/core'
import { Maximize2, ZoomIn, ZoomOut } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { MemoryTime } from '#schema/memories/timeline-queries.ts'
import type { SearchChange } from '#web/features/memories/use-memory-search.ts'
import { ChartCard } from '#web/ui/charts/chart-card.tsx'
import { counted, wholeNumber } from '#web/ui/charts/numbers.ts'
import series from '#web/ui/charts/series.module.css'
import { seriesColour } from '#web/ui/charts/series.ts'
import { TimeChart } from '#web/ui/charts/time-chart.tsx'
import { type Span, zoomed } from '#web/ui/charts/time-span.ts'
import { perUnit } from '#web/ui/charts/time-units.ts'
import { type DensityBar, unitOf } from './density.ts'
import classes from './memory-timeline.module.css'
import { barName, barTick, isMinorTick } from './period-names.ts'
import { otherKinds } from './use-density.ts'

interface DensityCardProps {
  readonly bars: readonly DensityBar[]
  readonly kinds: readonly string[]
  /** The kind the list is filtered by. */
  readonly kind: string | undefined
  readonly span: Span
  readonly whole: Span
  readonly picked: Span | null
  readonly time: MemoryTime
  readonly onPoint: (bar: Span) => void
  readonly onSpan: (span: Span) => void
  readonly onPick: (span: Span | null) => void
  readonly onChange: (change: SearchChange) => void
}

export const DensityCard = ({ bars, kinds, span, whole, picked, time, onSpan, onPick, ...props }: DensityCardProps) => {
  const [active, setActive] = useState<number | null>(null)
  const unit = unitOf(span)
  const shown = useMemo(() => {
    const every = Math.ceil(bars.length / 7)
    return bars.map((bar, place) => ({
      ...bar,
      name: barName(bar.from, unit),
      ...(place % every === 0 && {
        tick: barTick(bar.from, unit, place === 0),
        isMinor: isMinorTick(bar.from, unit, place / every),
      }),
    }))
  }, [bars, unit])
  const point = (time: number | null) => {
    setActive(time)
    const pointed = bars.find(({ from, to }) => time !== null && time >= from && time < to)
    if (pointed !== undefined) props.onPoint(pointed)
  }
  const middle = (span.from + span.to) / 2
  const isAll = span.to - span.from >= whole.to - whole.from
  const verb = time === 'addedAt' ? 'were learnt' : 'are'
  return (
    <div className={`${classes.card} ${series.series}`}>
      <ChartCard
        finding={findingOf(shown, verb, unit)}
        subject={`Memories ${perUnit[unit]}, by when ${time === 'addedAt' ? 'they were learnt' : 'they were true'}`}
        fileName="pjai-memory-timeline"
        table={{
          columns: ['From', ...kinds, 'Memories'],
          rows: shown.filter(({ total }) => total > 0).map(({ name, counts, total }) => [name, ...counts, total]),
        }}
      >
        <TimeChart
          label="Memories over time"
          one="memory"
          many="memories"
          bars={shown}
          span={span}
          whole={whole}
          picked={picked}
          active={active}
          onActive={point}
          onSpan={onSpan}
          onPick={onPick}
        />
        <Group justify="space-between" align="start" gap="xs" mt="xs">
          <Kinds bars={bars} kinds={kinds} chosen={props.kind} onChoose={(kind) => props.onChange({ kind })} />
          <Group gap={4} wrap="nowrap" className={classes.controls}>
            {picked !== null && (
              <Button size="compact-sm" variant="subtle" color="gray" fw={400} onClick={() => onPick(null)}>
                Any time
              </Button>
            )}
            <Zoom label="Look closer (+)" icon={ZoomIn} onClick={() => onSpan(zoomed(span, 0.5, middle))} />
            <Zoom
              label="Look from further (−)"
              icon={ZoomOut}
              onClick={() => onSpan(zoomed(span, 2, middle))}
              isOff={isAll}
            />
            <Zoom label="Show all of it (0)" icon={Maximize2} onClick={() => onSpan(whole)} isOff={isAll} />
            <SegmentedControl
              size="xs"
              aria-label="Which time"
              value={time}
              onChange={(chosen) =>
                props.onChange({ time: chosen === 'addedAt' ? 'added' : undefined, span: undefined })
              }
              data={[
                { value: 'occurredAt', label: 'When true' },
                { value: 'addedAt', label: 'When learnt' },
              ]}
            />
          </Group>
        </Group>
      </ChartCard>
    </div>
  )
}

const findingOf = (bars: readonly (DensityBar & { readonly name: string })[], verb: string, unit: string): string => {
  const all = bars.reduce((sum, { total }) => sum + total, 0)
  if (all === 0) return 'No memory in this time'
  const most = bars.reduce((best, bar) => (bar.total > best.total ? bar : best))
  const of = unit === 'week' ? `of the week of ${most.name}` : `of ${most.name}`
  return most.total === all
    ? `All ${counted(all, 'memory', 'memories')} ${verb} ${of}`
    : `Most memories ${verb} ${of}: ${wholeNumber(most.total)} of ${wholeNumber(all)}`
}

interface ZoomProps {
  readonly label: string
  readonly icon: typeof ZoomIn
  readonly onClick: () => void
  readonly isOff?: boolean
}

const Zoom = ({ label, icon: Icon, onClick, isOff = false }: ZoomProps) => (
  <Tooltip label={label} openDelay={300}>
    <ActionIcon
      className={classes.zoom}
      variant="subtle"
      color="gray"
      aria-label={label}
      disabled={isOff}
      onClick={onClick}
    >
      <Icon size={16} />
    </ActionIcon>
  </Tooltip>
)

interface KindsProps {
  readonly bars: readonly DensityBar[]
  readonly kinds: readonly string[]
  readonly chosen: string | undefined
  readonly onChoose: (kind: string | undefined) => void
}

/** What each colour is, and how many of it show; pressed, a kind is all that shows. */
const Kinds = ({ bars, kinds, chosen, onChoose }: KindsProps) => (
  <div className={classes.kinds}>
    {kinds.map((kind, place) => {
      const count = bars.reduce((sum, { counts }) => sum + (counts[place] ?? 0), 0)
      const content = (
        <>
          <span className={classes.swatch} style={{ background: seriesColour(place) }} />
          {kind} <span className={classes.count}>{wholeNumber(count)}</span>
        </>
      )
      return kind === otherKinds ? (
        <span key={kind} className={classes.kind}>
          {content}
        </span>
      ) : (
        <UnstyledButton
          key={kind}
          className={classes.kind}
          aria-pressed={kind === chosen}
          onClick={() => onChoose(kind === chosen ? undefined : kind)}
        >
          {content}
        </UnstyledButton>
      )
    })}
  </div>
)
