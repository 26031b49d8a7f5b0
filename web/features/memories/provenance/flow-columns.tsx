import { Text } from '@mantine/core'
import { Fragment, type KeyboardEvent, type ReactNode, useMemo, useState } from 'react'
import type { Provenance } from '#schema/stores/provenance.ts'
import { type ColumnName, type Flow, type FlowLink, linkedTo, others, sourceToText } from './flow.ts'
import { AnswerRow, MemoryRow, OtherRow, type RowState, SourceRow } from './flow-rows.tsx'
import { nodeAfterKey } from './node-after-key.ts'
import classes from './provenance.module.css'
import { ribbonsOf } from './ribbons.ts'

/** Pixels; as in the style sheet. */
const rowHeight = 36

interface FlowColumnsProps {
  readonly flow: Flow
  readonly provenance: Provenance
  readonly columns: readonly ColumnName[]
  readonly labels: Readonly<Record<ColumnName, string>>
  /** The source whose memories are shown. */
  readonly chosen: string | undefined
  readonly nameOf: (source: Provenance['sources'][number]) => string
  readonly onChoose: (source: string | undefined) => void
  readonly onOpen: (memoryId: string) => void
}

/** Arrows lead up, down, and along the lines; what is not linked to what one is on steps back. */
export const FlowColumns = ({ flow, provenance, columns, labels, chosen, nameOf, ...props }: FlowColumnsProps) => {
  const [pointed, setPointed] = useState<string | null>(null)
  const [current, setCurrent] = useState<string | null>(null)
  const linked = useMemo(() => (pointed === null ? null : linkedTo(flow, pointed)), [flow, pointed])
  const stop = [current, columns[0] && flow[columns[0]][0]].find(
    (key) => key !== undefined && key !== null && columns.some((name) => flow[name].includes(key)),
  )
  const stateOf = (key: string): RowState => ({
    isStop: key === stop,
    colour: colourOf(flow.sourceOf.get(key) ?? flow.sources.indexOf(key)),
  })
  const sources = new Map(provenance.sources.map((source) => [sourceToText(source), source]))
  const memories = new Map(provenance.memories.map((memory) => [memory.memoryId, memory]))
  const answers = new Map(provenance.answers.map((answer) => [answer.messageId, answer]))
  const { totals } = provenance
  const rows: Readonly<Record<ColumnName, (key: string) => ReactNode>> = {
    sources: (key) => {
      const source = sources.get(key)
      if (source === undefined)
        return <OtherRow state={stateOf(key)} text={others.sources} count={totals.sources - sources.size} />
      return (
        <SourceRow
          state={stateOf(key)}
          source={source}
          name={nameOf(source)}
          isChosen={key === chosen}
          onChoose={() => props.onChoose(key === chosen ? undefined : key)}
        />
      )
    },
    memories: (key) => {
      const memory = memories.get(key)
      if (memory === undefined)
        return <OtherRow state={stateOf(key)} text={others.memories} count={totals.memories - memories.size} />
      return <MemoryRow state={stateOf(key)} memory={memory} onOpen={() => props.onOpen(key)} />
    },
    answers: (key) => {
      const answer = answers.get(key)
      if (answer === undefined)
        return <OtherRow state={stateOf(key)} text={others.answers} count={totals.answers - answers.size} />
      return <AnswerRow state={stateOf(key)} answer={answer} />
    },
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const next = stop === undefined || stop === null ? undefined : nodeAfterKey(event.key, stop, flow, columns)
    if (next === undefined || event.altKey) return
    event.preventDefault()
    setCurrent(next)
    const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-node]')]
    rows
      .find(({ dataset }) => dataset.node === next)
      ?.querySelector<HTMLElement>('a, button')
      ?.focus()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the rows have the focus, and the keys of all are here.
    <div
      className={classes.columns}
      data-single={columns.length === 1 || undefined}
      onKeyDown={onKeyDown}
      onPointerLeave={() => setPointed(null)}
    >
      {columns.map((name, place) => (
        <Fragment key={name}>
          {place > 0 && (
            <Ribbons
              links={name === 'memories' ? flow.comes : flow.goes}
              left={name === 'memories' ? flow.sources : flow.memories}
              right={flow[name]}
              fillOf={({ from, to }) =>
                stateOf(name === 'memories' ? (from === others.memories ? to : from) : from).colour
              }
              isLit={({ from, to }) => linked === null || (linked.has(from) && linked.has(to))}
            />
          )}
          <section className={classes.column} aria-label={labels[name]}>
            <Text size="xs" fw={600} c="dimmed" className={classes.columnHead}>
              {labels[name]}
            </Text>
            <ul className={classes.nodes}>
              {flow[name].map((key) => (
                <li
                  key={key}
                  className={classes.node}
                  data-node={key}
                  data-dim={(linked !== null && !linked.has(key)) || undefined}
                  onPointerEnter={() => setPointed(key)}
                  onFocus={() => {
                    setCurrent(key)
                    setPointed(key)
                  }}
                  onBlur={() => setPointed(null)}
                >
                  {rows[name](key)}
                </li>
              ))}
            </ul>
            {flow[name].length === 0 && (
              <Text size="sm" c="dimmed" p="xs">
                None yet. Whenever an answer is given one of these memories, it is named here.
              </Text>
            )}
          </section>
        </Fragment>
      ))}
    </div>
  )
}

interface RibbonsProps {
  readonly links: readonly FlowLink[]
  readonly left: readonly string[]
  readonly right: readonly string[]
  readonly fillOf: (link: FlowLink) => string
  readonly isLit: (link: FlowLink) => boolean
}

const Ribbons = ({ links, left, right, fillOf, isLit }: RibbonsProps) => {
  const ribbons = useMemo(() => ribbonsOf(links, left, right, rowHeight), [links, left, right])
  const height = Math.max(1, left.length, right.length) * rowHeight
  return (
    <svg
      className={classes.ribbons}
      viewBox={`0 0 100 ${height}`}
      height={height}
      preserveAspectRatio="none"
      aria-hidden
    >
      {ribbons.map((ribbon) => (
        <path
          key={`${ribbon.from} ${ribbon.to}`}
          d={ribbon.path}
          fill={fillOf(ribbon)}
          data-lit={isLit(ribbon) || undefined}
        />
      ))}
    </svg>
  )
}

/** Neighbours differ most: each is the golden angle away from the one before. What has no source of its own is grey. */
const colourOf = (source: number): string =>
  source < 0
    ? 'var(--mantine-color-gray-6)'
    : `hsl(${Math.round(230 + source * 137.5) % 360} 52% var(--flow-lightness))`
