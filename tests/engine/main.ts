// The engine without the app: a page that gives tests its hands on what `web/livestore` offers.
import { addMemory } from '#schema/memories/commands.ts'
import { memoryCount$, memoryPage$ } from '#schema/memories/queries.ts'
import { personaStoreTables } from '#schema/stores/persona-store.ts'
import { stateHash } from '#schema/stores/state-hash.ts'
import { getAll } from '#web/livestore/device-db.ts'
import { execute } from '#web/livestore/execute.ts'
import * as recovery from '#web/livestore/recovery.ts'
import { newId, session, stampNow } from '#web/livestore/session.ts'
import { openPersona, personaStoreId, pool } from '#web/livestore/stores.ts'
import { syncStatusOf } from '#web/livestore/sync-status.ts'

const remember = async (personaId: string, content: string) =>
  execute(
    await openPersona(personaId),
    addMemory(
      personaId,
      newId(),
      { content, importance: 0.5, kind: 'fact', tags: ['test'], occurredAt: new Date(0) },
      stampNow(),
    ),
  )

const engine = {
  session,
  pool,
  recovery,
  openPersona,
  personaStoreId,
  remember,
  getAll,
  status: (personaId: string) => syncStatusOf(personaStoreId(personaId)),
  count: async (personaId: string) => (await openPersona(personaId)).query(memoryCount$({})),
  contents: async (personaId: string) =>
    (await openPersona(personaId))
      .query(memoryPage$({}, { sort: 'addedAt', direction: 'asc', offset: 0, limit: 200 }))
      .map(({ preview }) => preview),
  hash: async (personaId: string) => {
    const store = await openPersona(personaId)
    return stateHash(
      Object.values(personaStoreTables).map(({ sqliteDef }) => sqliteDef.name),
      (query) => store.query({ query, bindValues: [] }),
    )
  },
}

export type Engine = typeof engine

Object.assign(globalThis, { engine })
