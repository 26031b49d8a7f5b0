import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Presence } from '#sealing/presence.ts'
import { joinPresence, type Line, type LineEvents, othersAmong } from '#web/services/presence-line.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const presenceOf = (deviceId: string): Presence => ({
  actorId: 'ada',
  deviceId,
  name: '',
  device: 'Chrome on Linux',
  where: { room: 'Chats', thingId: null, title: '' },
  since: new Date(0),
})

/** A device that is here, on lines that the test holds. Sealing is the device's id. */
const joined = () => {
  const lines: (Line & LineEvents & { readonly sent: string[]; closed: boolean })[] = []
  let shown: readonly string[] = []
  const presence = joinPresence({
    dial: (events) => {
      const line = {
        ...events,
        sent: [] as string[],
        closed: false,
        send: (text: string) => void line.sent.push(text),
        close: () => {
          line.closed = true
        },
      }
      lines.push(line)
      return line
    },
    seal: async ({ deviceId }) => deviceId,
    open: async (text) => (text === 'forged' ? undefined : presenceOf(text)),
    show: (others) => {
      shown = others.map(({ deviceId }) => deviceId)
    },
  })
  const hear = async (news: object | string) => {
    lines.at(-1)?.said(typeof news === 'string' ? news : JSON.stringify(news))
    await vi.advanceTimersByTimeAsync(0)
  }
  return { presence, lines, hear, shown: () => shown, wait: (ms: number) => vi.advanceTimersByTimeAsync(ms) }
}

test('[PR8] a device says where it stays, not all it goes through, and says it again every minute', async () => {
  const { presence, lines, wait } = joined()
  for (const deviceId of ['one', 'two', 'three']) presence.say(presenceOf(deviceId))
  lines[0]?.opened()
  await wait(600)
  expect(new Set(lines[0]?.sent)).toEqual(new Set(['three']))
  const before = lines[0]?.sent.length ?? 0
  await wait(60_000)
  expect(lines[0]?.sent.slice(before)).toEqual(['three'])
})

test('[PR9] who left, who fell silent and what is no presence is not shown', async () => {
  const { lines, hear, shown, wait } = joined()
  lines[0]?.opened()
  await hear({ id: '1', said: 'phone' })
  await hear({ id: '2', said: 'tablet' })
  await hear({ id: '3', said: 'forged' })
  await hear('nonsense')
  expect(shown()).toEqual(['phone', 'tablet'])
  await hear({ id: '1', said: null })
  expect(shown()).toEqual(['tablet'])
  await wait(120_000)
  await hear({ id: '4', said: 'laptop' })
  await wait(60_000)
  expect(shown()).toEqual(['laptop'])
})

test('[PR10] a line that ends is dialled again, later each time, and never after leaving', async () => {
  const { presence, lines, hear, shown, wait } = joined()
  presence.say(presenceOf('here'))
  lines[0]?.opened()
  await wait(600)
  await hear({ id: '1', said: 'phone' })
  lines[0]?.ended()
  expect(shown()).toEqual([])
  await wait(2000)
  lines[1]?.ended()
  await wait(3999)
  expect(lines).toHaveLength(2)
  await wait(1)
  lines[2]?.opened()
  await wait(0)
  expect(lines[2]?.sent).toEqual(['here'])
  presence.leave()
  expect(lines[2]?.closed).toBe(true)
  lines[2]?.ended()
  await wait(600_000)
  expect(lines).toHaveLength(3)
})

test('[PR12] each other device is shown once, however many tabs it has, and this one never', () => {
  const at = (deviceId: string, minute: number) => ({ ...presenceOf(deviceId), since: new Date(minute * 60_000) })
  const here = [at('phone', 1), at('laptop', 2), at('phone', 3), at('tablet', 0), at('phone', 2)]
  expect(othersAmong(here, { deviceId: 'laptop' })).toEqual([at('phone', 3), at('tablet', 0)])
})
