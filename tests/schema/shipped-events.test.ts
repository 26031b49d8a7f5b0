import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Schema } from '@livestore/livestore'
import { expect, test, vi } from 'vitest'
import { personaStoreEvents } from '#schema/stores/persona-store.ts'
import { workspaceStoreEvents } from '#schema/stores/workspace-store.ts'
import { commit, isAlive, personaStoreWith, workspaceStoreWith } from '#tests/support/stores.ts'

vi.setConfig({ testTimeout: 60_000 })

// One line per event version ever shipped, as it stands in a log. Lines are only added: a device somewhere has them all.
const linesOf = (store: string): readonly string[] =>
  readFileSync(new URL(`../fixtures/shipped-events/${store}.jsonl`, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')

const recorded: Readonly<Record<string, readonly string[]>> = JSON.parse(
  readFileSync(new URL('../fixtures/shipped-events/hashes.json', import.meta.url), 'utf8'),
)

const Line = Schema.parseJson(Schema.Struct({ name: Schema.String, args: Schema.Unknown }))
const parsed = (line: string) => Schema.decodeSync(Line)(line)
const hashOf = (line: string) => createHash('sha256').update(line).digest('hex').slice(0, 16)

const stores = [
  {
    name: 'persona',
    events: personaStoreEvents,
    open: async () => {
      const store = await personaStoreWith()
      return { commit: (fact: { name: string; args: unknown }) => commit(store, fact), isAlive: () => isAlive(store) }
    },
  },
  {
    name: 'workspace',
    events: workspaceStoreEvents,
    open: async () => {
      const store = await workspaceStoreWith()
      return { commit: (fact: { name: string; args: unknown }) => commit(store, fact), isAlive: () => isAlive(store) }
    },
  },
]

test.each(stores)('[ST19] every event of the $name store has a line among the shipped ones', ({ name, events }) => {
  const shipped = new Set(linesOf(name).map((line) => parsed(line).name))
  const missing = Object.values(events).filter((event) => !shipped.has(event.name))
  expect(
    missing.map((event) => event.name),
    `Add one line for each to tests/fixtures/shipped-events/${name}.jsonl, and its hash to hashes.json.`,
  ).toEqual([])
})

test.each(stores)(
  '[ST20] every event ever shipped to a $name store decodes and leaves it alive',
  async ({ name, events, open }) => {
    const store = await open()
    const byName = new Map(Object.values(events).map((event) => [event.name as string, event]))
    for (const line of linesOf(name)) {
      const { name: eventName, args } = parsed(line)
      const event = byName.get(eventName)
      expect(event, `${eventName} was shipped: its definition stays for ever`).toBeDefined()
      const schema = event!.schema as Schema.Schema<unknown, unknown> // one of many structs
      store.commit({ name: eventName, args: Schema.decodeUnknownSync(schema)(args) })
      expect(await store.isAlive(), eventName).toBe(true)
    }
  },
)

test.each(stores)('[ST21] no line of the $name store’s shipped events is changed, moved or taken away', ({ name }) => {
  const hashes = linesOf(name).map(hashOf)
  expect(
    hashes,
    `A line was shipped as it is. A new one comes last, with its hash in hashes.json: "${hashes.at(-1)}".`,
  ).toEqual(recorded[name])
})
