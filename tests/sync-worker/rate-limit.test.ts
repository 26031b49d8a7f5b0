import { expect, test } from 'vitest'
import { makeRateLimit } from '#sync-worker/rate-limit.ts'

test('[RI12] a sender has a burst, then so many a second, then its burst again', () => {
  const limit = makeRateLimit({ burst: 3, perSecond: 2 })
  const taken = (now: number, tries: number) =>
    Array.from({ length: tries }, () => limit.takes('a', now)).filter(Boolean).length
  expect(taken(0, 10)).toBe(3)
  expect(taken(499, 10)).toBe(0)
  expect(taken(500, 10)).toBe(1)
  expect(taken(1500, 10)).toBe(2)
  expect(taken(60_000, 10)).toBe(3)
})

test('[RI12] what is refused costs nothing, and senders do not share', () => {
  const limit = makeRateLimit({ burst: 1, perSecond: 1 })
  expect(limit.takes('a', 0)).toBe(true)
  for (let now = 0; now < 999; now++) expect(limit.takes('a', now)).toBe(false)
  expect(limit.takes('b', 0)).toBe(true)
  expect(limit.takes('a', 1000)).toBe(true)
})

test('[RI12] a clock that goes back gives nothing', () => {
  const limit = makeRateLimit({ burst: 1, perSecond: 1 })
  expect(limit.takes('a', 10_000)).toBe(true)
  expect(limit.takes('a', 0)).toBe(false)
})
