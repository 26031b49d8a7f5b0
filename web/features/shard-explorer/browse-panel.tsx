import { Button, Text } from '@mantine/core'
import { useCallback, useMemo } from 'react'
import type { Table } from '#web/services/shards/tables.ts'
import { ClearFilters } from '#web/ui/clear-filters.tsx'
import { EmptyState } from '#web/ui/empty-state.tsx'
import { LateSkeleton } from '#web/ui/late-skeleton.tsx'
import { Split } from '#web/ui/split.tsx'
import { useKeys } from '#web/ui/use-keys.ts'
import { DownloadMenu } from './download-menu.tsx'
import { narrowingOf, nextSort, rowidOf, whereOf } from './explorer-address.ts'
import classes from './explorer-room.module.css'
import { RowDetail } from './row-detail.tsx'
import { focusGrid, RowGrid } from './row-grid.tsx'
import type { Opened } from './use-explorer.ts'
import { useExplorerAddress } from './use-explorer-address.ts'
import { useRows } from './use-rows.ts'

interface BrowsePanelProps {
  readonly storeId: string
  readonly opened: Opened
  readonly table: Table
}

/** The rows of one table: sorted by a column, narrowed by texts, one of them in full beside. */
export const BrowsePanel = ({ storeId, opened, table }: BrowsePanelProps) => {
  const { address, change } = useExplorerAddress()
  const { sort, where } = address
  const narrowing = useMemo(
    () => narrowingOf({ ...(sort !== undefined && { sort }), ...(where !== undefined && { where }) }, table.name),
    [sort, where, table.name],
  )
  const { found, problem, readMore } = useRows(opened, narrowing)
  const rowid = rowidOf(address)
  const columns = useMemo(() => table.columns.map(({ name }) => name), [table])
  const rows = useMemo(() => found?.rows.map(({ cells }) => cells) ?? [], [found])
  const place = found?.rows.findIndex((row) => row.rowid === rowid) ?? -1
  const close = () => {
    change({ row: undefined })
    requestAnimationFrame(focusGrid)
  }
  useKeys({
    Escape: () => {
      if (rowid !== undefined) close()
    },
    '/': (event) => {
      event.preventDefault()
      document.querySelector<HTMLElement>('[data-row-grid] input')?.focus()
    },
  })
  const onOpen = useCallback(
    (at: number) => change({ row: String(found?.rows[at]?.rowid) }, { replace: rowid !== undefined }),
    [change, found, rowid],
  )
  const onSort = useCallback(
    (column: string) => change({ sort: nextSort(narrowing.sort, column) }),
    [change, narrowing.sort],
  )
  const onFilter = useCallback(
    (column: string, text: string) => change({ where: whereOf(narrowing.filters, column, text) }),
    [change, narrowing.filters],
  )
  const isNarrowed = narrowing.filters.length > 0
  return (
    <Split
      detailLabel="Row"
      detailWidth={400}
      list={
        <div className={classes.panel}>
          <div className={classes.tools}>
            <Text
              size="sm"
              fw={600}
              component="h2"
              m={0}
              style={{ fontVariantNumeric: 'tabular-nums' }}
              aria-live="polite"
            >
              {isNarrowed && found !== undefined && `${found.count.toLocaleString()} of `}
              {table.rows.toLocaleString()} {table.rows === 1 ? 'row' : 'rows'}
            </Text>
            <Text size="xs" c="dimmed" truncate>
              {table.name}
            </Text>
            {isNarrowed && <ClearFilters onClear={() => change({ where: undefined })} />}
            <span style={{ flex: 1 }} />
            <DownloadMenu
              storeId={storeId}
              name={table.name}
              count={found?.count ?? 0}
              file={(format) => opened.ask('file', { format, narrowing })}
            />
          </div>
          {problem !== undefined ? (
            <EmptyState
              title="These rows could not be read"
              text={`${problem.message} The store is as it was.`}
              action={
                <Button variant="default" onClick={() => change({ sort: undefined, where: undefined })}>
                  Show all rows
                </Button>
              }
            />
          ) : found === undefined ? (
            <LateSkeleton />
          ) : (
            <>
              <RowGrid
                label={`Rows of ${table.name}`}
                columns={columns}
                rows={rows}
                count={found.count}
                open={place === -1 ? undefined : place}
                onOpen={onOpen}
                onNearEnd={() => void readMore()}
                sort={narrowing.sort}
                onSort={onSort}
                filters={narrowing.filters}
                onFilter={onFilter}
              />
              {found.rows.length === 0 && (
                <NoRows isNarrowed={isNarrowed} onClear={() => change({ where: undefined })} />
              )}
            </>
          )}
        </div>
      }
      detail={
        rowid === undefined ? null : (
          <RowDetail
            key={`${table.name} ${rowid}`}
            title={`${table.name}, row ${rowid.toLocaleString()}`}
            opened={opened}
            read={() => opened.ask('row', { table: table.name, rowid })}
            home={table.name}
            onClose={close}
          />
        )
      }
    />
  )
}

interface NoRowsProps {
  readonly isNarrowed: boolean
  readonly onClear: () => void
}

/** Under the heads of the columns, where one goes on narrowing. */
const NoRows = ({ isNarrowed, onClear }: NoRowsProps) => (
  <div className={classes.nothing}>
    {isNarrowed ? (
      <EmptyState
        title="Nothing matches"
        text="No row has all of what you filter by."
        action={
          <Button variant="default" onClick={onClear}>
            Clear filters
          </Button>
        }
      />
    ) : (
      <EmptyState title="This table is empty" text="No event of this store has written to it yet." />
    )}
  </div>
)
