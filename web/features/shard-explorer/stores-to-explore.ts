import { parseStoreId } from '#schema/stores/store-id.ts'
import type { Shard } from '#web/services/shards/use-shards.ts'

export interface StoreToExplore {
  readonly storeId: string
  readonly name: string
  readonly group: 'Open' | 'On this device' | 'Not on this device yet'
}

interface Listed {
  readonly personaId: string
  readonly name: string
}

/** Every store one may look into: what is open first, then what is here, then what is listed only. */
export const shardsToExplore = (shards: readonly Shard[], listed: readonly Listed[]): readonly StoreToExplore[] => {
  const names = new Map(listed.map(({ personaId, name }) => [personaId, name]))
  const here = shards.map(({ storeId, state }): StoreToExplore => {
    const parsed = parseStoreId(storeId)
    const id = parsed instanceof Error ? storeId : parsed.id
    const isWorkspace = !(parsed instanceof Error) && parsed.kind === 'workspace'
    return {
      storeId,
      name: isWorkspace ? 'Workspace' : (names.get(id) ?? 'A persona not in the list'),
      group: state === 'open' ? 'Open' : 'On this device',
    }
  })
  const known = new Set(shards.map(({ storeId }) => storeId))
  const elsewhere = listed
    .map(
      ({ personaId, name }): StoreToExplore => ({
        storeId: `persona_${personaId}`,
        name,
        group: 'Not on this device yet',
      }),
    )
    .filter(({ storeId }) => !known.has(storeId))
  return [...here, ...elsewhere].toSorted(
    (a, b) =>
      groups.indexOf(a.group) - groups.indexOf(b.group) ||
      Number(b.storeId.startsWith('workspace')) - Number(a.storeId.startsWith('workspace')) ||
      a.name.localeCompare(b.name),
  )
}

const groups: readonly StoreToExplore['group'][] = ['Open', 'On this device', 'Not on this device yet']
