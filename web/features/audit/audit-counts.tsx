import { Anchor } from '@mantine/core'
import { useMemo } from 'react'
import { type AuditFilter, countsOf } from '#web/services/audit/filter-audit.ts'
import type { LogStructure } from '#web/services/audit/log-structure.ts'
import { BarList } from '#web/ui/charts/bar-list.tsx'
import { ColumnsChart } from '#web/ui/charts/columns-chart.tsx'
import classes from './audit.module.css'

interface AuditCountsProps {
  readonly structure: LogStructure
  readonly onFilter: (filter: AuditFilter) => void
}

/** How many events a day, from each device, and about each subject: all that can be counted without a key. */
export const AuditCounts = ({ structure, onFilter }: AuditCountsProps) => {
  const { days, devices, subjects } = useMemo(() => countsOf(structure.entries), [structure])
  if (structure.entries.length === 0) return null
  const names = [...days.keys()]
  const latest = names.slice(-shownDays)
  return (
    <div className={classes.counts}>
      <section aria-label="Events by day">
        <h3 className={classes.subtitle}>Events by day</h3>
        <ColumnsChart
          name={names.length > shownDays ? `Its last ${shownDays} days with events` : 'Each day with events'}
          series="first"
          columns={latest.map((day, place) => ({
            key: day,
            name: day,
            value: days.get(day) ?? 0,
            ...(place % Math.ceil(latest.length / 4) === 0 ? { tick: day } : {}),
          }))}
        />
      </section>
      <Counted title="Devices" counts={devices} word="Device" onShow={(device) => onFilter({ device })} />
      <Counted title="Subjects" counts={subjects} word="Subject" onShow={(subject) => onFilter({ subject })} />
    </div>
  )
}

interface CountedProps {
  readonly title: string
  readonly word: string
  readonly counts: ReadonlyMap<number, number>
  readonly onShow: (number: string) => void
}

const Counted = ({ title, word, counts, onShow }: CountedProps) => {
  const most = [...counts].toSorted(([, a], [, b]) => b - a).slice(0, shownBars)
  return (
    <section aria-label={title}>
      <h3 className={classes.subtitle}>
        {title} {counts.size.toLocaleString()}
      </h3>
      <BarList
        bars={most.map(([number, value]) => ({
          key: String(number),
          value,
          hue: 220,
          label: (
            <Anchor component="button" size="sm" onClick={() => onShow(String(number))}>
              {word} {number}
            </Anchor>
          ),
        }))}
      />
    </section>
  )
}

const shownDays = 60
const shownBars = 8
