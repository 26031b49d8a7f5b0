import type { Page } from '@playwright/test'
import { expect, engineTest as test } from '#tests/support/engine-journey.ts'

const length = 1200 // more than a page of the server

test('[HY7] [HY8] [HY9] [HY10] [HY16] [HY17] [HY21] [HY22] [HY24] [EP3] [EP4] [EP11] [EP12] a new device has a long log’s rows when its store opens, killed halfway or not, goes on with the others, leaves a snapshot for those that come later, and does without where there is no room', async ({
  device,
  engineUrl,
}) => {
  test.setTimeout(480_000)
  const writer = await (await device()).open(engineUrl)
  await writer.evaluate((count) => engine.rememberMany('ada', count), length)
  await expect.poll(() => writer.evaluate(() => engine.status('ada')?.waiting), { timeout: 240_000 }).toBe(0)
  const stateOf = (page: Page) => page.evaluate(() => engine.leaderHash('ada'))
  const countIn = (page: Page) => page.evaluate(() => engine.count('ada'))

  for (const isWritten of [false, true]) {
    const killed = await device({ profile: 'second' })
    const first = await killed.open(engineUrl)
    await first.evaluate(async (head) => {
      await engine.knowHead('ada', head)
      void engine.openPersona('ada')
    }, length)
    if (isWritten) await first.waitForFunction(async () => (await engine.standing('ada')) !== 'none')
    else await first.waitForFunction(() => (engine.preparation('ada')?.done ?? 0) > 0, undefined, { polling: 5 })
    await killed.crash()
  }
  const page = await (await device({ profile: 'second' })).open(engineUrl)
  // LiveStore by itself opens with nothing, and fills the store from then on.
  expect(await countIn(page)).toBe(length)
  expect(await stateOf(page)).toBe(await stateOf(writer))

  const alone = await (await device()).open(engineUrl)
  const started: string[] = []
  alone.on('worker', (worker) => started.push(worker.url()))
  await alone.evaluate(() => engine.openPersona('ada'))
  expect(started.filter((url) => url.includes('workspace'))).toHaveLength(1)
  expect(started.filter((url) => url.includes('hydration'))).toEqual([])
  await expect.poll(() => countIn(alone), { timeout: 240_000 }).toBe(length)
  const [ours, theirs] = [await rowsIn(page), await rowsIn(alone)]
  for (const [table, rows] of Object.entries(theirs)) expect(ours[table], table).toEqual(rows)

  await writer.evaluate(() => engine.remember('ada', 'written by the first'))
  await expect.poll(() => countIn(page)).toBe(length + 1)
  await page.evaluate(() => engine.remember('ada', 'written by the second'))
  await expect.poll(() => countIn(writer)).toBe(length + 2)
  await expect.poll(() => page.evaluate(() => engine.status('ada')?.waiting)).toBe(0)

  const ways: readonly (() => Promise<unknown>)[] = [
    () => engine.recovery.rebuildState('persona_ada'),
    () => engine.outdate('ada'),
    () => engine.recovery.setAsideAndRefetch('persona_ada', 'a test', 'unconfirmed'),
  ]
  for (const makeAnew of ways) {
    await page.evaluate(makeAnew)
    expect(await countIn(page)).toBe(length + 2)
    expect(await stateOf(page)).toBe(await stateOf(writer))
    // LiveStore keeps there how to undo each event that it takes by itself.
    const { __livestore_session_changeset: changesets } = await page.evaluate(
      async () => (await engine.rowsOnDisk('ada')).state,
    )
    expect(changesets).toHaveLength(1)
  }

  // What one of them leaves for those that come later.
  const blobs: string[] = []
  writer.on('request', (request) => {
    if (request.url().includes('/blobs/')) blobs.push(`${request.method()} ${request.url()}`)
  })
  const newest = await device()
  const workspaceId = await writer.evaluate(() => engine.session.workspaceId)
  await newest.context.addInitScript((id) => localStorage.setItem('pjai.workspaceId', id), workspaceId)
  const asked: string[] = []
  newest.context.on('request', (request) => asked.push(...(/log\?after=\d+/.exec(request.url()) ?? [])))
  const last = await newest.open(engineUrl)
  const openAnew = async () => {
    const made = await writer.evaluate(() => engine.leaveSnapshot('ada'))
    await expect.poll(() => last.evaluate(() => engine.knownSnapshot('ada'))).toBe(made)
    return made
  }
  expect(await openAnew()).toMatch(new RegExp(` ${length + 2}$`))
  const put = blobs.filter((call) => call.startsWith('PUT')).map((call) => call.slice('PUT '.length))
  expect(put.length).toBeGreaterThan(0)
  await writer.evaluate((urls) => Promise.all(urls.map((url) => fetch(url, { method: 'DELETE' }))), put)
  await last.evaluate((head) => engine.knowHead('ada', head), length)
  expect(await countIn(last)).toBe(length + 2)
  expect(asked).toContain('log?after=0')

  await last.evaluate(() => engine.recovery.removeFromDevice('persona_ada'))
  await openAnew()
  for (const url of put) expect(blobs.filter((call) => call === `DELETE ${url}`)).toHaveLength(2)
  await writer.evaluate(() => engine.remember('ada', 'written after the snapshot'))
  await expect.poll(() => writer.evaluate(() => engine.status('ada')?.waiting)).toBe(0)
  asked.length = 0
  expect(await countIn(last)).toBe(length + 3)
  expect(asked).toContain(`log?after=${length + 2}`)
  expect(asked.filter((page) => page !== `log?after=${length + 2}`)).toEqual([])
  expect(await stateOf(last)).toBe(await stateOf(writer))
  expect(await last.evaluate(() => engine.firstEvents('ada', 3))).toEqual([1, 2, 3])

  // Without room it does not open, by nobody's hand; with room again it does.
  await last.evaluate(() => engine.recovery.removeFromDevice('persona_ada'))
  const cdp = await newest.context.newCDPSession(last)
  const { origin } = new URL(engineUrl)
  const { usage } = await cdp.send('Storage.getUsageAndQuota', { origin })
  await cdp.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: usage + 300_000 })
  const begun: string[] = []
  last.on('worker', (worker) => begun.push(worker.url()))
  const failure = await last.evaluate(() => engine.openPersona('ada').then(String, engine.sentenceOf))
  expect(failure).toMatch(/^There is no room left on this device to open it: it takes \d+ MB\.$/)
  expect(begun.filter((url) => url.includes('persona.worker'))).toEqual([])
  expect(await last.evaluate(() => engine.standing('ada'))).toBe('none')
  await cdp.send('Storage.overrideQuotaForOrigin', { origin })

  // Two at once: the one that is shown goes first, however long the other takes.
  await writer.evaluate(() => engine.rememberMany('boris', 300))
  await expect.poll(() => writer.evaluate(() => engine.status('boris')?.waiting), { timeout: 240_000 }).toBe(0)
  const held = holdBack()
  await newest.context.route(/persona_ada\/log\?/, async (route) => {
    await held.released
    await route.continue()
  })
  await last.evaluate(async () => {
    await engine.knowHead('boris', 300)
    void engine.pool.retry('persona_ada')
  })
  await last.waitForFunction(() => engine.preparation('ada') !== undefined, undefined, { polling: 5 })
  await last.evaluate(() => void engine.openPersona('boris'))
  await last.waitForFunction(() => engine.preparation('boris')?.isWaiting === true, undefined, { polling: 5 })
  expect(await last.evaluate(() => engine.preparation('ada')?.isWaiting)).toBe(false)
  await last.evaluate(() => engine.goFirst('boris'))
  expect(await last.evaluate(() => engine.count('boris'))).toBe(300)
  expect(await last.evaluate(() => engine.preparation('ada')?.isWaiting)).toBe(false)
  held.release()
  expect(await countIn(last)).toBe(length + 3)
  expect(await stateOf(last)).toBe(await stateOf(writer))
})

const holdBack = () => {
  let release = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  return { release: () => release(), released }
}

/** What is legitimately different is named in tests/schema/hydration.test.ts. */
const rowsIn = async (page: Page) => {
  const { eventlog, state } = await page.evaluate(() => engine.rowsOnDisk('ada'))
  const { __livestore_session_changeset: _, ...others } = { ...eventlog, ...state }
  return Object.fromEntries(
    Object.entries(others).map(([table, rows]) => [table, rows.map((row) => row.replace(/,"updatedAt":"[^"]*"/, ''))]),
  )
}
