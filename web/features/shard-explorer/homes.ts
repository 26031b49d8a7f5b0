import { placesOf, thingOf } from '#schema/stores/things.ts'
import type { Table } from '#web/services/shards/tables.ts'

export interface Home {
  readonly table: string
  readonly column: string
}

/**
 * Where the row lies that an id names: in the first table of the thing whose key is called as the column is, or as its end is
 * (`parentMessageId` → `messages.messageId`). Undefined when no table says so.
 */
export const homeOf = (column: string, tables: readonly Table[]): Home | undefined =>
  tables
    .flatMap(({ name, columns }) => {
      const keys = columns.filter(({ isKey }) => isKey)
      const [key] = keys
      return key !== undefined && keys.length === 1 && isFirstOfItsThing(name) && names(column, key.name)
        ? [{ table: name, column: key.name }]
        : []
    })
    .at(0)

const isFirstOfItsThing = (table: string): boolean => {
  const thing = thingOf(table, {})
  return thing !== undefined && placesOf(thing.kind).names[0] === table
}

const names = (column: string, key: string): boolean =>
  column === key || column.endsWith(`${key.charAt(0).toUpperCase()}${key.slice(1)}`)
