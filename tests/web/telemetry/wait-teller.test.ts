import { Either, Schema } from 'effect'
import { expect, test, vi } from 'vitest'
import { WaitsTold } from '#schema/health/waits.ts'
import { followWaits, noteWait } from '#web/livestore/waits.ts'
import { makeWaitTeller } from '#web/services/telemetry/wait-teller.ts'

const isTold = (told: unknown) =>
  Either.isRight(Schema.decodeUnknownEither(WaitsTold)(told, { onExcessProperty: 'error' }))

test('[HE24] a page tells a few waits of each name at once, by how long ago they ended, and each one once', () => {
  const send = vi.fn<(told: WaitsTold) => void>()
  const teller = makeWaitTeller(send)
  teller.tell(0)
  expect(send).not.toHaveBeenCalled()
  for (let at = 0; at < 100; at++) teller.note({ name: 'saved', ms: 3.4 }, at)
  teller.note({ name: 'error', kind: 'script', ms: 0 }, 50)
  teller.note({ name: 'synced', ms: 4_000_000 }, 60) // a device that slept
  teller.note({ name: 'synced', ms: -5000 }, 60) // one whose clock was set back
  teller.tell(1000)
  teller.tell(2000)
  expect(send).toHaveBeenCalledOnce()
  const [told] = send.mock.lastCall ?? []
  expect(told?.waits).toHaveLength(15)
  expect(told?.waits[0]).toEqual({ name: 'saved', ms: 3, endedAgoMs: 1000 })
  expect(told?.waits.at(-1)).toEqual({ name: 'error', kind: 'script', ms: 0, endedAgoMs: 950 })
  expect(isTold(told)).toBe(true)
})

test('[HE24] what was noted before anybody followed is told too; what was dropped is not', () => {
  const send = vi.fn<(told: WaitsTold) => void>()
  const teller = makeWaitTeller(send)
  noteWait({ name: 'start', ms: 900 })
  followWaits(teller.note)
  noteWait({ name: 'first token', ms: 300 })
  teller.tell(performance.now())
  expect(send.mock.lastCall?.[0].waits.map(({ name }) => name)).toEqual(['start', 'first token'])
  noteWait({ name: 'saved', ms: 3 })
  teller.drop()
  teller.tell(performance.now())
  expect(send).toHaveBeenCalledOnce()
})

test('[HE25] what is told has no place for a text, an id or a name', () => {
  const wait = { name: 'store opened', kind: 'persona', way: 'hydrated', events: 12, ms: 5, endedAgoMs: 0 }
  const isWait = (change: object) => isTold({ waits: [{ ...wait, ...change }] })
  expect(isWait({})).toBe(true)
  for (const change of [
    { storeId: 'persona_ada' },
    { kind: 'Ada' },
    { way: 'by the back door' },
    { name: 'Ada opened' },
    { events: 'Ada' },
    { ms: -1 },
    { endedAgoMs: 1e9 },
  ])
    expect([change, isWait(change)]).toEqual([change, false])
  expect(isTold({ waits: [] })).toBe(false)
  expect(isTold({ waits: Array.from({ length: 101 }, () => wait) })).toBe(false)
  expect(isTold({ waits: [wait], who: 'Ada' })).toBe(false)
})
