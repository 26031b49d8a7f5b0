import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { startServer } from '#tests/support/server.ts'
import { openDevice } from './device.ts'
import { pullEvents, push } from './http.ts'
import { event, outcomeOf } from './rpc.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'pjai-crash-'))
const storeId = 'persona_crash'

afterAll(() => rmSync(dataDir, { recursive: true }))

test('[SY21] a server killed in the middle of a push keeps what it confirmed, and the push is whole or absent', async () => {
  let server = await startServer({ dataDir })
  let confirmed = 0
  for (const patience of [0, 5, 10]) {
    const before = await pullEvents(server.url, storeId)
    let inFlight = 0
    let wake = () => {}
    const isUnderWay = new Promise<void>((resolve) => {
      wake = resolve
    })
    const pushing = pushUntilDead(server.url, before.length, (seqNum, isConfirmed) => {
      inFlight = seqNum
      if (!isConfirmed) return
      confirmed = seqNum
      wake()
    })
    await isUnderWay
    await sleep(patience) // not a wait for anything: it moves the kill about inside a push
    await server.kill9()
    await pushing

    server = await startServer({ dataDir, port: server.port })
    const log = await pullEvents(server.url, storeId)
    expect(log).toEqual(Array.from({ length: log.length }, (_, index) => event(index + 1)))
    expect([confirmed, inFlight]).toContain(log.length)

    const repeat = batchEndingAt(inFlight)
    const outcome = await outcomeOf(await push(server.url, storeId, repeat))
    expect(outcome).toBe(log.length === inFlight ? 'ServerAheadError' : 'Success')
    expect(await pullEvents(server.url, storeId)).toHaveLength(inFlight)
    confirmed = inFlight
  }
  expect(confirmed).toBeGreaterThan(3 * batchSize) // one confirmed each time, and one in flight

  const device = await openDevice(server.url, storeId, 'phone')
  await expect.poll(() => device.noteIds()).toHaveLength(confirmed)
  await device.close()
  await server.stop()
}, 180_000)

/** Enough for several INSERT statements in one push, so that half of a batch would show. */
const batchSize = 100

const batchEndingAt = (last: number) =>
  Array.from({ length: batchSize }, (_, index) => event(last - batchSize + 1 + index))

const pushUntilDead = async (url: string, head: number, report: (last: number, isConfirmed: boolean) => void) => {
  try {
    for (let last = head + batchSize; ; last += batchSize) {
      report(last, false)
      const outcome = await outcomeOf(await push(url, storeId, batchEndingAt(last)))
      if (outcome !== 'Success') throw new Error(outcome)
      report(last, true)
    }
  } catch (error) {
    if (!(error instanceof TypeError)) throw error // fetch's word for a connection that broke
  }
}
