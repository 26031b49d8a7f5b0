import { SimpleGrid } from '@mantine/core'
import classes from '#web/features/shards/shards.module.css'
import { ToldView } from '#web/features/shards/told.tsx'
import { useStoreNames } from '#web/features/shards/use-store-names.ts'
import { useTold } from '#web/services/cells/watch.ts'
import { cellHealthWatch, cellsWatch, storeHealthWatch } from '#web/services/cells/watches.ts'
import { AlertList } from './alert-list.tsx'
import { AlertRules } from './alert-rules.tsx'
import { CellHealthCard } from './cell-health-card.tsx'
import { HealthSettingsCard } from './health-settings-card.tsx'
import { StoreHealthTable } from './store-health-table.tsx'

/** How cells and stores do, what is wrong, and when somebody is told. */
export const HealthView = () => {
  const nameOf = useStoreNames()
  const cells = useTold(cellsWatch).value?.cells ?? []
  const stores = useTold(storeHealthWatch).value?.stores ?? []
  return (
    <div className={classes.content}>
      <ToldView watch={cellHealthWatch} title="Health is not known here">
        {({ cells: healths, mayOperate }) => (
          <>
            <AlertList nameOf={nameOf} />
            <SimpleGrid cols={{ base: 1, xs: 2, lg: 4 }} spacing="md">
              {healths.map((health) => (
                <CellHealthCard key={health.cellId} health={health} cells={cells} />
              ))}
            </SimpleGrid>
            <StoreHealthTable stores={stores} cells={cells} nameOf={nameOf} />
            <AlertRules mayOperate={mayOperate} />
            <HealthSettingsCard mayOperate={mayOperate} />
          </>
        )}
      </ToldView>
    </div>
  )
}
