import { Events, makeSchema, Schema, State } from '@livestore/livestore'

// As LiveStore's documentation builds a list: one table, one fact a row; and one for many, to fill it in time.
const row = Schema.Struct({
  memoryId: Schema.String,
  content: Schema.String,
  kind: Schema.String,
  importance: Schema.Number,
  occurredAt: Schema.Number,
  tags: Schema.Array(Schema.String),
})

export const events = {
  memoryAdded: Events.synced({ name: 'v1.MemoryAdded', schema: row }),
  memoriesAdded: Events.synced({ name: 'v1.MemoriesAdded', schema: Schema.Struct({ rows: Schema.Array(row) }) }),
}

export const tables = {
  memories: State.SQLite.table({
    name: 'memories',
    columns: {
      memoryId: State.SQLite.text({ primaryKey: true }),
      content: State.SQLite.text(),
      kind: State.SQLite.text(),
      importance: State.SQLite.real(),
      occurredAt: State.SQLite.real(),
      tags: State.SQLite.json({ schema: Schema.Array(Schema.String) }),
    },
    indexes: [{ name: 'memories_by_importance', columns: ['importance'] }],
  }),
}

const materializers = State.SQLite.materializers(events, {
  'v1.MemoryAdded': (memory) => tables.memories.insert(memory).onConflict('memoryId', 'ignore'),
  'v1.MemoriesAdded': ({ rows }) =>
    rows.map((memory) => tables.memories.insert(memory).onConflict('memoryId', 'ignore')),
})

export const schema = makeSchema({ events, state: State.SQLite.makeState({ tables, materializers }) })
