import { Select } from '@mantine/core'
import { useStoreNames } from '#web/features/shards/use-store-names.ts'
import { useTold } from '#web/services/cells/watch.ts'
import { placementsWatch } from '#web/services/cells/watches.ts'

interface StoreSelectProps {
  readonly value: string | undefined
  readonly onChange: (storeId: string) => void
}

/** One of this account's stores; only whose it is moves a store by hand. */
export const StoreSelect = ({ value, onChange }: StoreSelectProps) => {
  const placements = useTold(placementsWatch).value ?? []
  const nameOf = useStoreNames()
  return (
    <Select
      label="Store"
      placeholder="Choose a store"
      searchable
      limit={100}
      checkIconPosition="right"
      nothingFoundMessage="No store of yours is called so"
      value={value ?? null}
      onChange={(chosen) => onChange(chosen ?? '')}
      data={placements
        .filter(({ isMine }) => isMine)
        .map(({ storeId, cellId, pinned }) => ({
          value: storeId,
          label: `${nameOf(storeId)}, in ${cellId}${pinned ? ', pinned' : ''}`,
        }))
        .toSorted((a, b) => a.label.localeCompare(b.label))}
    />
  )
}
