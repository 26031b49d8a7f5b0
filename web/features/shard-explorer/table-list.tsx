import { Select } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import type { Table } from '#web/services/shards/tables.ts'
import classes from './explorer-room.module.css'

interface TableListProps {
  readonly tables: readonly Table[]
  readonly chosen: string | undefined
  readonly onChoose: (name: string) => void
}

/** The tables of a database with how many rows each has, the engine's own last. A choice in a field on a phone. */
export const TableList = ({ tables, chosen, onChoose }: TableListProps) => {
  const isPhone = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false })
  const groups = [
    { label: 'Tables', tables: tables.filter(({ isOfEngine }) => !isOfEngine) },
    { label: 'Of the engine', tables: tables.filter(({ isOfEngine }) => isOfEngine) },
  ].filter(({ tables }) => tables.length > 0)
  if (isPhone)
    return (
      <div className={classes.tablesChoice}>
        <Select
          size="sm"
          aria-label="Table"
          placeholder="Choose a table"
          searchable
          allowDeselect={false}
          value={chosen ?? null}
          onChange={(name) => {
            if (name !== null) onChoose(name)
          }}
          data={groups.map(({ label, tables }) => ({
            group: label,
            items: tables.map(({ name, rows }) => ({ value: name, label: `${name} (${rows.toLocaleString()})` })),
          }))}
        />
      </div>
    )
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keys
    <nav className={classes.tables} aria-label="Tables" tabIndex={0}>
      {groups.map(({ label, tables }) => (
        <div key={label}>
          <h2 className={classes.group}>{label}</h2>
          {tables.map(({ name, rows }) => (
            <button
              key={name}
              type="button"
              className={classes.table}
              aria-current={name === chosen ? 'true' : undefined}
              title={name}
              onClick={() => onChoose(name)}
            >
              <span className={classes.tableName}>{name}</span>
              <span className={classes.tableRows}>{rows.toLocaleString()}</span>
            </button>
          ))}
        </div>
      ))}
    </nav>
  )
}
