import { useNavigate, useSearch } from '@tanstack/react-router'
import type { CellsSaid, PlacementSaid } from '#schema/placement/wire.ts'
import { useTold } from '#web/services/cells/watch.ts'
import { cellsWatch, placementsWatch } from '#web/services/cells/watches.ts'
import { ChartCard } from '#web/ui/charts/chart-card.tsx'
import { counted } from '#web/ui/charts/numbers.ts'
import { CellTable } from './cell-table.tsx'
import { ChosenStore } from './chosen-store.tsx'
import { DistributionCard } from './distribution-card.tsx'
import { RebalanceCard } from './rebalance-card.tsx'
import { dotsOf } from './ring-layout.ts'
import { placeText, RingPicture } from './ring-picture.tsx'
import classes from './shards.module.css'
import { ToldView } from './told.tsx'
import { useStoreNames } from './use-store-names.ts'

/** Which cells there are, what stands in each, and how that is kept even. */
export const Overview = () => (
  <div className={classes.content}>
    <ToldView watch={cellsWatch} title="Where stores stand is not known here">
      {(said) => <OverviewOf said={said} />}
    </ToldView>
  </div>
)

const OverviewOf = ({ said }: { readonly said: CellsSaid }) => {
  const placements = useTold(placementsWatch).value ?? none
  const nameOf = useStoreNames()
  // The route's own parser makes every value a text.
  const { chosen } = useSearch({ strict: false }) as Readonly<Record<string, string>>
  const navigate = useNavigate()
  const choose = (storeId: string | undefined) =>
    void navigate({ to: '/shards', search: storeId === undefined ? {} : { chosen: storeId }, replace: true })
  const one = placements.find(({ storeId }) => storeId === chosen)
  return (
    <>
      <div className={classes.pair}>
        <ChartCard
          finding={finding(said.cells, placements)}
          subject={`${said.mayOperate ? 'All stores' : 'Your stores'} on the ring; new ones go ${strategyWords[said.strategy]}`}
          fileName="pjai-stores-by-cell"
          table={{
            columns: ['Store', 'Id', 'Cell', 'Place on the ring', 'Events', 'Bytes'],
            rows: dotsOf(placements).map(({ storeId, cellId, turn }) => {
              const known = placements.find((placement) => placement.storeId === storeId)
              return [nameOf(storeId), storeId, cellId, placeText(turn), known?.records ?? '–', known?.bytes ?? '–']
            }),
          }}
        >
          <RingPicture
            cells={said.cells}
            placements={placements}
            nameOf={nameOf}
            chosen={chosen}
            onChoose={(storeId) => choose(storeId === chosen ? undefined : storeId)}
          />
        </ChartCard>
        <div className={classes.stack}>
          {one !== undefined && (
            <ChosenStore
              placement={one}
              cells={said.cells}
              name={nameOf(one.storeId)}
              onClose={() => choose(undefined)}
            />
          )}
          <CellTable said={said} />
          <RebalanceCard said={said} nameOf={nameOf} />
        </div>
      </div>
      <DistributionCard cells={said.cells} placements={placements} />
    </>
  )
}

const finding = (cells: CellsSaid['cells'], placements: readonly PlacementSaid[]): string => {
  if (placements.length === 0) return `No store stands in ${cells.length === 1 ? 'the cell' : 'any of the cells'} yet`
  const counts = Map.groupBy(placements, ({ cellId }) => cellId)
  const [most] = [...counts].toSorted((a, b) => b[1].length - a[1].length)
  const where = cells.length === 1 ? 'one cell' : `${counts.size} of ${counted(cells.length, 'cell')}`
  const fullest = counts.size > 1 && most !== undefined ? `, most in ${most[0]}` : ''
  return `${counted(placements.length, 'store')} in ${where}${fullest}`
}

const strategyWords = {
  hash: 'by the hash of their id',
  range: 'by the time they are made',
  directory: 'to the emptiest cell',
} as const

const none: readonly PlacementSaid[] = []
