import type { ColumnName, Flow } from './flow.ts'

/** Where a key leads from a thing: up and down its column, or along its first line to the next column. */
export const nodeAfterKey = (
  key: string,
  from: string,
  flow: Flow,
  columns: readonly ColumnName[],
): string | undefined => {
  const column = columns.findIndex((name) => flow[name].includes(from))
  const name = columns[column]
  if (name === undefined) return undefined
  const place = flow[name].indexOf(from)
  const rows: Readonly<Record<string, number>> = {
    ArrowUp: place - 1,
    ArrowDown: place + 1,
    Home: 0,
    End: flow[name].length - 1,
  }
  const row = rows[key]
  if (row !== undefined) return flow[name][row]
  const beside = columns[column + (key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : Number.NaN)]
  if (beside === undefined) return undefined
  const links = [...flow.comes, ...flow.goes]
  const linked = flow[beside].find((other) =>
    links.some((link) => (link.from === from && link.to === other) || (link.to === from && link.from === other)),
  )
  // Nothing leads on from here: straight across, then.
  return linked ?? flow[beside][Math.min(place, flow[beside].length - 1)]
}
