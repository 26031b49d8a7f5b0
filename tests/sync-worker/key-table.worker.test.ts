import { runInDurableObject } from 'cloudflare:test'
import { env as bindings } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import type { Env } from '#sync-worker/env.ts'
import { makeKeyTable } from '#sync-worker/key-table.ts'
import { objectNameFor } from '#sync-worker/placement.ts'

const env = bindings as unknown as Env // the pool reads wrangler.toml, and types nothing of it

const row = (n: number, letter = 'A') => ({ keyId: `key${n}`.padEnd(22, '_'), wrapped: letter.repeat(80) })

const inTable = <A>(storeId: string, work: (table: ReturnType<typeof makeKeyTable>) => A) =>
  runInDurableObject(env.STORE_LOG.getByName(objectNameFor(storeId)), (_, { storage }) =>
    work(makeKeyTable(storage.sql)),
  )

test('[SY31] the wrapped keys of a store are added once, in an order to read on from', async () => {
  await inTable('persona_k1', ({ add, read }) => {
    expect(read(0)).toEqual({ rows: [], next: 0, more: false })
    expect(add([row(1), row(2)])).toEqual([row(1), row(2)])
    expect(add([row(2, 'B'), row(3)])).toEqual([row(2), row(3)])
    expect(read(0)).toMatchObject({ rows: [row(1), row(2), row(3)], more: false })
    expect(read(1).rows).toEqual([row(2), row(3)])
    expect(read(read(0).next).rows).toEqual([])
  })
  expect(await inTable('persona_k2', ({ read }) => read(0).rows)).toEqual([])
})

test('[SY33] five thousand keys are given at once, and the rest from where those end', async () => {
  await inTable('persona_k3', ({ add, read }) => {
    add(Array.from({ length: 5500 }, (_, n) => row(n)))
    const first = read(0)
    expect(first.rows).toHaveLength(5000)
    expect(first.more).toBe(true)
    expect(read(first.next)).toMatchObject({ rows: Array.from({ length: 500 }, (_, n) => row(5000 + n)), more: false })
  })
})
