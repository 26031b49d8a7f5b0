import { env as bindings } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import type { Env } from '#sync-worker/env.ts'
import { showTelemetry, takeWaits } from '#sync-worker/telemetry/told-waits.ts'
import { makeCaller } from './calls.ts'

const env = bindings as unknown as Env // the pool reads wrangler.toml, and types nothing of it

test('[HE29] a server without a collector wants to be told nothing, and takes nothing', async () => {
  const ask = makeCaller(env)
  expect((await ask('ada', showTelemetry)).said).toEqual({ isWanted: false })
  const body = { waits: [{ name: 'start', ms: 900, endedAgoMs: 0 }] }
  expect(await ask('ada', takeWaits, { body })).toMatchObject({ status: 404, code: 'TelemetryOff' })
})

test('[HE29] with one it does', async () => {
  const ask = makeCaller({ ...env, OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector.invalid' })
  expect((await ask('ada', showTelemetry)).said).toEqual({ isWanted: true })
})
