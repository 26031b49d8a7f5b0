import { expect, test, vi } from 'vitest'
import { makePool, StoreOpenTimeout } from '#web/livestore/pool.ts'

const setup = (options: { openMs?: number; limit?: number; isFinal?: (cause: unknown) => boolean } = {}) => {
  let clock = 0
  const deaths = new Map<string, (cause: unknown) => void>()
  const closed: string[] = []
  let opened = 0
  const pool = makePool<{ id: string; number: number }>({
    openStore: async (id, onDeath) => {
      deaths.set(id, onDeath)
      if (options.openMs !== undefined) await new Promise((resume) => setTimeout(resume, options.openMs))
      return { id, number: ++opened }
    },
    closeStore: async ({ id }) => {
      closed.push(id)
    },
    now: () => clock,
    limit: options.limit ?? 10,
    openTimeout: 20,
    ...(options.isFinal === undefined ? {} : { isFinal: options.isFinal }),
  })
  return { pool, closed, deaths, pass: (ms: number) => (clock += ms) }
}

test('[PO1] one store is opened once, however many ask', async () => {
  const { pool } = setup()
  expect(pool.open('a')).toBe(pool.open('a'))
  expect((await pool.open('a')).number).toBe(1)
})

test('[PO2] a store that does not open in time fails, and says so until somebody tries again', async () => {
  const { pool } = setup({ openMs: 60 })
  await expect(pool.open('a')).rejects.toBeInstanceOf(StoreOpenTimeout)
  expect(pool.stateOf('a')).toBe('failed')
  expect(pool.errorOf('a')).toBeInstanceOf(StoreOpenTimeout)
})

test('[HY11] what a store needs before it opens takes as long as it takes, and is done once', async () => {
  let prepared = 0
  const pool = makePool<string>({
    prepare: async () => {
      prepared++
      await new Promise((resume) => setTimeout(resume, 60))
    },
    openStore: async (id) => `${id} after ${prepared}`,
    closeStore: async () => undefined,
    now: () => 0,
    openTimeout: 20,
  })
  expect(await Promise.all([pool.open('a'), pool.open('a')])).toEqual(['a after 1', 'a after 1'])
  expect(pool.stateOf('a')).toBe('open')
})

test('[PO3] over the limit the least recently used store is closed, never one in use', async () => {
  const { pool, closed, pass } = setup({ limit: 2 })
  await pool.open('a')
  pool.retain('a')
  for (const id of ['b', 'c', 'd']) {
    pass(1)
    await pool.open(id)
  }
  await vi.waitFor(() => expect(closed).toEqual(['b', 'c']), 30_000)
  expect(pool.openIds()).toEqual(['a', 'd'])
})

test('[PO4] an idle store is closed after its time, the two used last stay warm', async () => {
  const { pool, closed, pass } = setup()
  for (const id of ['a', 'b', 'c']) {
    pass(1)
    await pool.open(id)
  }
  pass(5 * 60_000)
  pool.trim()
  await vi.waitFor(() => expect(closed).toEqual(['a']), 30_000)
})

test('[PO5] a store that died is opened anew for whoever shows it', async () => {
  const { pool, deaths } = setup()
  const first = await pool.open('a')
  const generation = pool.generationOf('a')
  deaths.get('a')?.(new Error('gone'))
  expect(pool.stateOf('a')).toBe('closed')
  const second = await pool.open('a')
  expect(second).not.toBe(first)
  expect(pool.generationOf('a')).not.toBe(generation)
})

test('[PO6] a store that dies twice within a minute, or for good, asks a person', async () => {
  const { pool, deaths } = setup()
  await pool.open('a')
  deaths.get('a')?.(new Error('once'))
  await pool.open('a')
  deaths.get('a')?.(new Error('twice'))
  expect(pool.stateOf('a')).toBe('failed')

  const final = setup({ isFinal: () => true })
  await final.pool.open('a')
  final.deaths.get('a')?.(new Error('another server'))
  expect(final.pool.stateOf('a')).toBe('failed')
  expect((await final.pool.retry('a')).number).toBe(2)
})

test('[PO7] a store asked for while it closes is opened after it is closed', async () => {
  const order: string[] = []
  const pool = makePool<string>({
    openStore: async (id) => {
      order.push(`open ${id}`)
      return id
    },
    closeStore: async (id) => {
      await new Promise((resume) => setTimeout(resume, 5))
      order.push(`closed ${id}`)
    },
    now: () => 0,
  })
  await pool.open('a')
  void pool.close('a')
  await pool.open('a')
  expect(order).toEqual(['open a', 'closed a', 'open a'])
})
