// biome-ignore-all lint/a11y/useSemanticElements: a table of the browser does not leave out the rows that are out of sight
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid keeps the focus and says which row is active
import { ArrowDown, ArrowUp } from 'lucide-react'
import type { Narrowing, Sort } from '#web/services/shards/pages.ts'
import { useWaitingText } from '#web/ui/use-waiting-text.ts'
import classes from './row-grid.module.css'

export interface Head {
  readonly columns: readonly string[]
  readonly sort?: Sort | undefined
  /** Of a column; where it is missing, nothing is sorted. */
  readonly onSort?: (column: string) => void
  readonly filters?: Narrowing['filters']
  readonly onFilter?: (column: string, text: string) => void
}

interface RowGridHeaderProps extends Head {
  readonly template: string
  readonly height: number
}

export const RowGridHeader = ({ columns, template, height, sort, onSort, filters, onFilter }: RowGridHeaderProps) => (
  <div
    className={classes.header}
    role="row"
    aria-rowindex={1}
    style={{ gridTemplateColumns: template, blockSize: height }}
  >
    {columns.map((column, place) => (
      <div
        // biome-ignore lint/suspicious/noArrayIndexKey: an answer may have two columns of one name
        key={place}
        role="columnheader"
        className={classes.columnHeader}
        {...(sort?.column === column && { 'aria-sort': sort.isDown ? 'descending' : 'ascending' })}
      >
        {onSort === undefined ? (
          <span className={classes.columnName}>{column}</span>
        ) : (
          <button type="button" className={classes.columnName} onClick={() => onSort(column)}>
            {column}
            {sort?.column === column && (sort.isDown ? <ArrowDown size={12} /> : <ArrowUp size={12} />)}
          </button>
        )}
        {onFilter !== undefined && (
          <FilterField
            label={`Filter ${column}`}
            value={filters?.find(([name]) => name === column)?.[1] ?? ''}
            onChange={(text) => onFilter(column, text)}
          />
        )}
      </div>
    ))}
  </div>
)

interface FilterFieldProps {
  readonly label: string
  readonly value: string
  readonly onChange: (text: string) => void
}

/** Narrows a moment after the last key. */
const FilterField = ({ label, value, onChange }: FilterFieldProps) => {
  const [text, setText] = useWaitingText(value, onChange, 200)
  return (
    <input
      className={classes.filter}
      type="search"
      aria-label={label}
      placeholder="contains…"
      spellCheck={false}
      value={text}
      onChange={({ currentTarget }) => setText(currentTarget.value)}
      onKeyDown={({ key, currentTarget }) => {
        if (key === 'Escape' && text === '') currentTarget.closest<HTMLElement>('[data-row-grid]')?.focus()
      }}
    />
  )
}
