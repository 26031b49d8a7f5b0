import { afterEach, expect, test, vi } from 'vitest'
import type { LogPage } from '#proof/log-page.ts'
import { entriesAfter } from '#web/services/log-pages.ts'

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const storeId = 'persona_p'

const entry = (n: number): LogPage['entries'][number] => ({
  format: 1,
  storeId,
  epoch: 1,
  n,
  parent: n - 1,
  name: 'v1.Sealed',
  args: '{}',
  device: 'laptop',
  session: 's',
  actor: null,
  acceptedAt: n,
  foundAt: null,
  hash: '',
})

const pageAfter = (after: number, last: number): LogPage => ({
  start: { storeId, epoch: 1, logId: 'l' },
  after: { seq: after, hash: '' },
  entries: [after + 1, after + 2].filter((n) => n <= last).map(entry),
  more: after + 2 < last,
  checkpoints: [],
})

test('[SF11] a log of which the server gives no more at once is read on when it does', async () => {
  vi.useFakeTimers()
  const asked: number[] = []
  const tired = new Set([4]) // it refuses the page after this one once
  vi.stubGlobal('fetch', async (path: string) => {
    const after = Number(/after=(\d+)/.exec(path)?.[1])
    asked.push(after)
    if (!tired.delete(after)) return Response.json(pageAfter(after, 7))
    return Response.json({ error: { code: 'TooManyPages', message: 'Wait ten seconds.' } }, { status: 429 })
  })
  const read: number[] = []
  const reading = (async () => {
    for await (const { n } of entriesAfter(storeId, 2)) read.push(n)
  })()
  await vi.runAllTimersAsync()
  await reading
  expect(read).toEqual([3, 4, 5, 6, 7])
  expect(asked).toEqual([2, 4, 4, 6])
})

test('[SF11] any other refusal is given to whoever reads', async () => {
  const error = { code: 'NotYours', message: 'This is not shared with you.' }
  vi.stubGlobal('fetch', async () => Response.json({ error }, { status: 403 }))
  await expect(entriesAfter(storeId, 0).next()).rejects.toThrow('This is not shared with you.')
})
