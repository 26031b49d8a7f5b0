import { runInDurableObject } from 'cloudflare:test'
import { env as bindings } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import type { Env } from '#sync-worker/env.ts'
import { keysWith } from '#sync-worker/key-request.ts'
import { makeKeyTable } from '#sync-worker/key-table.ts'
import { objectNameFor } from '#sync-worker/placement.ts'

const env = bindings as unknown as Env // the pool reads wrangler.toml, and types nothing of it

const keyId = (n: number) => `key${n}`.padEnd(22, '_')
const row = (n: number, letter = 'A') => ({ keyId: keyId(n), wrapped: letter.repeat(80) })

interface Asked {
  readonly method?: string
  readonly body?: string
  readonly headers?: Record<string, string>
}

const ask = async (storeId: string, query: string, { method = 'GET', body, headers = {} }: Asked = {}) => {
  const request = new Request(`https://pjai/api/stores/${storeId}/keys${query}`, {
    method,
    headers: body === undefined ? headers : { ...headers, 'Content-Length': String(body.length) },
    ...(body === undefined ? {} : { body }),
  })
  const response = await keysWith(request, env, storeId)
  // What a page of keys or a refusal is, the tests below say.
  const answer = (await response.json()) as {
    readonly rows: readonly { readonly keyId: string }[]
    readonly next: number
  }
  return { status: response.status, body: answer }
}

const add = (storeId: string, ...keys: readonly unknown[]) =>
  ask(storeId, '', { method: 'POST', body: JSON.stringify({ keys }) })

test('[SY31] keys are added once, in an order to read on from', async () => {
  expect(await ask('persona_k1', '')).toEqual({ status: 200, body: { rows: [], next: 0, more: false } })
  expect((await add('persona_k1', row(1), row(2))).body).toMatchObject({ rows: [row(1), row(2)] })
  expect((await add('persona_k1', row(2, 'B'), row(3))).body).toMatchObject({ rows: [row(2), row(3)] })
  expect((await ask('persona_k1', '?from=0')).body).toMatchObject({ rows: [row(1), row(2), row(3)] })
  const { body } = await ask('persona_k1', '?from=1')
  expect(body).toMatchObject({ rows: [row(2), row(3)] })
  expect((await ask('persona_k2', '')).body).toEqual({ rows: [], next: 0, more: false })
})

test('[SY32] what is no page of keys, or too large a one, is refused and adds nothing', async () => {
  const bad = [row(1), { ...row(2), wrapped: 'short' }]
  expect(await add('persona_k3', ...bad)).toMatchObject({ status: 400, body: { error: { code: 'MalformedKeys' } } })
  expect(await add('persona_k3')).toMatchObject({ status: 400, body: { error: { code: 'MalformedKeys' } } })
  const many = Array.from({ length: 201 }, (_, n) => row(n))
  expect(await add('persona_k3', ...many)).toMatchObject({ status: 400, body: { error: { code: 'MalformedKeys' } } })
  const large = Array.from({ length: 600 }, (_, n) => row(n))
  expect(await add('persona_k3', ...large)).toMatchObject({ status: 413, body: { error: { code: 'KeysTooLarge' } } })
  expect(await ask('persona_k3', '?from=-1')).toMatchObject({
    status: 400,
    body: { error: { code: 'IllegalPosition' } },
  })
  expect(await ask('persona_k3', '', { method: 'DELETE' })).toMatchObject({ status: 405 })
  const foreign = { headers: { Origin: 'https://evil.example' } }
  expect(await ask('persona_k3', '', foreign)).toMatchObject({
    status: 403,
    body: { error: { code: 'ForeignOrigin' } },
  })
  expect((await ask('persona_k3', '')).body).toEqual({ rows: [], next: 0, more: false })
})

test('[SY33] a thousand keys are given at once, and the rest from where those end', async () => {
  const object = env.STORE_LOG.getByName(objectNameFor('persona_k4'))
  await runInDurableObject(object, (_, { storage }) => {
    makeKeyTable(storage.sql).add(Array.from({ length: 1500 }, (__, n) => row(n)))
  })
  const { body: first } = await ask('persona_k4', '')
  expect(first.rows).toHaveLength(1000)
  const { body: second } = await ask('persona_k4', `?from=${first.next}`)
  expect(second.rows.map(({ keyId: id }) => id)).toEqual(Array.from({ length: 500 }, (_, n) => keyId(1000 + n)))
})
