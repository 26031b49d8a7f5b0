import { personaSchema } from '#schema/stores/persona-store.ts'
import { storeWith } from '#tests/support/stores.ts'

/** The tables and indexes of a persona's store, as LiveStore makes them: the plain databases get the very same. */
export const personaDdl = async (): Promise<readonly string[]> => {
  const store = await storeWith(personaSchema)
  const rows = store.query<{ sql: string; tbl_name: string }[]>({
    query: 'select tbl_name, sql from sqlite_master where sql is not null',
    bindValues: [],
  })
  await store.shutdownPromise()
  return rows.filter(({ tbl_name }) => !tbl_name.startsWith('__livestore')).map(({ sql }) => sql)
}
