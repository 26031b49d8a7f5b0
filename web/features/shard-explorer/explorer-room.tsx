import { SegmentedControl, Text } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { LateSkeleton } from '#web/ui/late-skeleton.tsx'
import { TryAgainState } from '#web/ui/try-again-state.tsx'
import { BrowsePanel } from './browse-panel.tsx'
import { noTable, tableIn, whichOf } from './explorer-address.ts'
import { ExplorerHeader } from './explorer-header.tsx'
import classes from './explorer-room.module.css'
import { OpeningState } from './opening-state.tsx'
import { QuestionPanel } from './question-panel.tsx'
import { TableList } from './table-list.tsx'
import { useExplorer } from './use-explorer.ts'
import { type ChangeAddress, useExplorerAddress } from './use-explorer-address.ts'

/** What one store holds, table by table, and any question about it. Nothing is written here. */
export const ExplorerRoom = () => {
  const { address, change } = useExplorerAddress()
  const { store: storeId = '' } = address
  const which = whichOf(address)
  return (
    <div className={classes.room}>
      <ExplorerHeader storeId={storeId} onSwitch={(store) => change({ store, row: undefined }, { replace: false })} />
      <Database key={`${storeId} ${which}`} storeId={storeId} onChange={change} />
    </div>
  )
}

interface DatabaseProps {
  readonly storeId: string
  readonly onChange: ChangeAddress
}

const Database = ({ storeId, onChange }: DatabaseProps) => {
  const { address } = useExplorerAddress()
  const which = whichOf(address)
  const { opened, problem, status, reopen } = useExplorer(storeId, which)
  const isPhone = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false })
  if (problem !== undefined)
    return (
      <TryAgainState
        title="This store could not be opened"
        text={`${problem.message} Nothing of it is lost.`}
        onTryAgain={reopen}
      />
    )
  if (opened === undefined) return <OpeningState storeId={storeId} events={status?.events ?? 0} />
  const isAsking = address.view === 'sql'
  const table = tableIn(address, opened.tables)
  return (
    <>
      <div className={classes.bar}>
        <SegmentedControl
          size="xs"
          aria-label="Which database"
          value={which}
          onChange={(db) => onChange({ ...noTable, db: db === 'log' ? db : undefined }, { replace: false })}
          data={[
            { value: 'state', label: 'State' },
            { value: 'log', label: 'Log' },
          ]}
        />
        <SegmentedControl
          size="xs"
          aria-label="Browse or ask"
          value={isAsking ? 'sql' : 'rows'}
          onChange={(view) => onChange({ view: view === 'sql' ? view : undefined, row: undefined }, { replace: false })}
          data={[
            { value: 'rows', label: 'Rows' },
            { value: 'sql', label: 'SQL' },
          ]}
        />
        <Text size="xs" c="dimmed" className={classes.asOf} role="status">
          as of event {opened.asOf.toLocaleString()}
        </Text>
      </div>
      <div className={classes.body} data-phone={isPhone || undefined}>
        <TableList
          tables={opened.tables}
          chosen={isAsking ? undefined : table?.name}
          onChoose={(name) => onChange({ ...noTable, table: name, view: undefined }, { replace: false })}
        />
        <div className={classes.content}>
          {isAsking ? (
            <QuestionPanel storeId={storeId} opened={opened} onReopen={reopen} />
          ) : table === undefined ? (
            <LateSkeleton />
          ) : (
            <BrowsePanel key={table.name} storeId={storeId} opened={opened} table={table} />
          )}
        </div>
      </div>
    </>
  )
}
