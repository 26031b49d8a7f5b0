import type { Page } from '@playwright/test'
import { expect, engineTest as test } from '#tests/support/engine-journey.ts'

const contents = (page: Page) => page.evaluate(() => engine.contents('ada'))
const remember = (page: Page, content: string) => page.evaluate((text) => engine.remember('ada', text), content)

test('[EN1] two devices that wrote while the server was away hold the same state after it returns', async ({
  server,
  device,
  engineUrl,
}) => {
  const pages = [await (await device()).open(engineUrl), await (await device()).open(engineUrl)] as const
  for (const round of [1, 2, 3]) {
    await server.kill()
    for (const [index, page] of pages.entries()) {
      for (let i = 0; i < 5; i++) await remember(page, `round ${round} device ${index} note ${i}`)
    }
    await server.restart()
    for (const page of pages) {
      await expect.poll(() => page.evaluate(() => engine.count('ada'))).toBe(round * 10)
      await expect.poll(() => page.evaluate(() => engine.status('ada')?.waiting)).toBe(0)
    }
    const hashes = () => Promise.all(pages.map((page) => page.evaluate(() => engine.hash('ada'))))
    await expect.poll(async () => new Set(await hashes()).size).toBe(1)
  }
})

test('[EN2] [EN18] [RP30] what was on screen when the tab was killed is there after a restart, once, and what was left of an act of many facts', async ({
  device,
  engineUrl,
}) => {
  for (const attempt of [0, 1, 2]) {
    const profile = `crash${attempt}`
    const [before, count] = [await device({ profile }), attempt < 2 ? 40 : 1000]
    const page = await before.open(engineUrl)
    await page.evaluate(
      async ([id, count]) => {
        await engine.openPersona(id)
        if (count > 40) return engine.rememberAtOnce(id, count)
        for (let i = 0; i < count; i++) void engine.remember(id, `note ${i}`)
        await new Promise((resume) => setTimeout(resume))
        if (!(await engine.untilJournaled(id))) throw new Error('The journal has no room.') // the leader takes longer
      },
      [`ada${attempt}`, count] as const,
    )
    await before.crash()
    const after = await (await device({ profile })).open(engineUrl)
    await expect.poll(() => after.evaluate((id) => engine.count(id), `ada${attempt}`)).toBe(count)
    const contents = await after.evaluate((id) => engine.contents(id), `ada${attempt}`)
    expect(new Set(contents).size).toBe(Math.min(count, 200))
    await after.context().close()
  }
})

test('[EN3] a second tab opens every time while the first one writes', async ({ device, engineUrl }) => {
  const here = await device()
  const writer = await here.open(engineUrl)
  await writer.evaluate(() => {
    setInterval(() => void engine.remember('ada', `note ${performance.now()}`), 20)
  })
  await expect.poll(() => writer.evaluate(() => engine.count('ada'))).toBeGreaterThan(0)
  for (let attempt = 0; attempt < 8; attempt++) {
    const second = await here.open(engineUrl)
    expect(await second.evaluate(() => engine.count('ada'))).toBeGreaterThan(0)
    await second.close()
  }
})

test('[EN4] one device has one id in every store and tab', async ({ device, engineUrl }) => {
  const here = await device()
  const [one, two] = [await here.open(engineUrl), await here.open(engineUrl)]
  const idIn = (page: Page, personaId: string) =>
    page.evaluate(async (id) => (await engine.openPersona(id)).clientId, personaId)
  const ids = await Promise.all([idIn(one, 'ada'), idIn(one, 'boris'), idIn(two, 'ada')])
  expect(new Set(ids).size).toBe(1)
  expect(ids[0]).toBe(await one.evaluate(() => engine.session.deviceId))
})

test('[EN5] a state that a crash left half made or ahead of its log is made anew from the log', async ({
  device,
  engineUrl,
}) => {
  const page = await (await device()).open(engineUrl)
  await remember(page, 'kept')
  const tamper = (sql: string) => page.evaluate((statements) => engine.tamper('ada', '/state', statements), sql)
  // Killed while the tables were being made: LiveStore's own are there, ours are not.
  await tamper('drop table memories; drop table memoryBodies')
  expect(await contents(page)).toEqual(['kept'])
  // Killed between LiveStore's two commits: the state has an event that the log does not.
  await tamper(`insert into __livestore_session_changeset
    (seqNumGlobal, seqNumClient, seqNumRebaseGeneration, changeset, debug) values (99, 0, 0, null, null);
    update memories set preview = 'never said'`)
  await expect.poll(() => contents(page)).toEqual(['kept'])
  // And by hand.
  await page.evaluate(() => engine.recovery.rebuildState(engine.personaStoreId('ada')))
  expect(await contents(page)).toEqual(['kept'])
})

test('[EN8] a log that cannot be read is fetched again', async ({ device, engineUrl }) => {
  const page = await (await device()).open(engineUrl)
  await remember(page, 'synced')
  await expect.poll(() => page.evaluate(() => engine.status('ada')?.waiting)).toBe(0)
  await page.evaluate(() => engine.tamper('ada', '/eventlog.db', 'drop table eventlog'))
  await page.evaluate(() =>
    engine.recovery.setAsideAndRefetch(engine.personaStoreId('ada'), 'The log was broken.', 'unconfirmed'),
  )
  await expect.poll(() => contents(page)).toEqual(['synced'])
})

test('[EN9] a server that lost its log is named, and the shard can be brought to it with nothing lost', async ({
  server,
  device,
  engineUrl,
}) => {
  const page = await (await device()).open(engineUrl)
  await remember(page, 'before')
  await expect.poll(() => page.evaluate(() => engine.status('ada')?.waiting)).toBe(0)
  await server.kill()
  await server.restartEmpty()
  const failure = () => page.evaluate(() => String(engine.pool.errorOf(engine.personaStoreId('ada'))))
  await expect.poll(failure).toContain('BackendIdMismatch')
  await page.evaluate(async () => {
    const storeId = engine.personaStoreId('ada')
    await engine.recovery.setAsideAndRefetch(storeId, 'The server lost its log.', 'all')
    await engine.pool.retry(storeId)
    for (const aside of await engine.recovery.setAsides()) await engine.recovery.offerAgain(aside)
  })
  expect(await contents(page)).toEqual(['before'])
  await expect.poll(() => page.evaluate(() => engine.status('ada')?.waiting)).toBe(0)
})

test('[EN6] a shard can be set aside, fetched again, and offered what it had not synced', async ({
  server,
  device,
  engineUrl,
}) => {
  const here = await (await device()).open(engineUrl)
  await remember(here, 'synced')
  await expect.poll(() => here.evaluate(() => engine.status('ada')?.waiting)).toBe(0)
  await server.kill()
  await remember(here, 'waiting')
  const setAside = await here.evaluate(() =>
    engine.recovery.setAsideAndRefetch(engine.personaStoreId('ada'), 'test', 'unconfirmed'),
  )
  // What the server has taken but not yet said so counts as unconfirmed too; offering it again adds nothing.
  expect(setAside).toBeGreaterThanOrEqual(1)
  await server.restart()
  await expect.poll(() => contents(here)).toEqual(['synced'])
  const offered = await here.evaluate(async () => {
    const [aside] = await engine.recovery.setAsides()
    return aside === undefined ? -1 : engine.recovery.offerAgain(aside)
  })
  expect(offered).toBe(1)
  await expect.poll(async () => (await contents(here)).toSorted()).toEqual(['synced', 'waiting'])
  expect(await here.evaluate(() => engine.recovery.setAsides())).toEqual([])
})

test('[EN7] after any rebase a page shows what its leader holds, and both devices hold the same', async ({
  server,
  device,
  engineUrl,
}) => {
  const pages = [await (await device()).open(engineUrl), await (await device()).open(engineUrl)] as const
  for (const round of [1, 2, 3, 4]) {
    if (round % 2 === 0) await server.kill()
    await Promise.all(
      pages.map((page, index) =>
        page.evaluate(([seed]) => engine.scribble('ada', seed, 12), [round * 10 + index] as const),
      ),
    )
    if (round % 2 === 0) await server.restart()
    for (const page of pages) await expect.poll(() => page.evaluate(() => engine.status('ada')?.waiting)).toBe(0)
    const hashes = () =>
      Promise.all(
        pages.flatMap((page) => [
          page.evaluate(() => engine.hash('ada')),
          page.evaluate(() => engine.leaderHash('ada')),
        ]),
      )
    await expect.poll(async () => new Set(await hashes()).size).toBe(1)
  }
})

test('[EN10] what was written when the device had no room left is there once it has room again', async ({
  device,
  engineUrl,
}) => {
  const here = await device()
  const page = await here.open(engineUrl)
  await remember(page, 'saved')
  await expect.poll(() => page.evaluate(() => engine.status('ada')?.unsaved)).toBe(0)
  const cdp = await here.context.newCDPSession(page)
  const { origin } = new URL(engineUrl)
  const { usage } = await cdp.send('Storage.getUsageAndQuota', { origin })
  await cdp.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: usage + 1000 })
  const failure = await page.evaluate(async () => {
    const storeId = engine.personaStoreId('ada')
    while (engine.pool.stateOf(storeId) !== 'failed') {
      const refused = await engine.remember('ada', `note ${'x'.repeat(60_000)}`).catch((error: unknown) => error)
      if (refused === undefined) engine.written++
      await new Promise((resume) => setTimeout(resume, 50))
    }
    return engine.sentenceOf(engine.pool.errorOf(storeId))
  })
  expect(failure).toContain('no room left')
  await cdp.send('Storage.overrideQuotaForOrigin', { origin })
  const countAfterTryingAgain = () =>
    page.evaluate(async () => {
      await engine.pool.retry(engine.personaStoreId('ada'))
      return engine.count('ada')
    })
  const written = await page.evaluate(() => engine.written)
  await expect.poll(() => countAfterTryingAgain().catch(String), { timeout: 90_000 }).toBe(1 + written)
})

test('[EN11] a fact too large to sync is refused before it enters the log', async ({ device, engineUrl }) => {
  const page = await (await device()).open(engineUrl)
  const refusal = await page.evaluate(async () => {
    const store = await engine.openPersona('ada')
    return engine.execute(store, {
      name: 'v1.MemoryContentRevised',
      args: {
        memoryId: 'a',
        personaId: 'ada',
        content: 'x'.repeat(2_000_000),
        revisedAt: new Date(),
        actorId: 'a',
        deviceId: 'd',
      },
    })?.message
  })
  expect(refusal).toContain('2000 kB')
  await remember(page, 'the next one syncs')
  await expect.poll(() => page.evaluate(() => engine.status('ada')?.waiting)).toBe(0)
})

test('[EN12] a log whose head a crash left beyond its end opens, mended', async ({ device, engineUrl }) => {
  const page = await (await device()).open(engineUrl)
  await remember(page, 'kept')
  await expect.poll(() => page.evaluate(() => engine.status('ada')?.waiting)).toBe(0)
  await page.evaluate(() => engine.tamper('ada', '/eventlog.db', 'update __livestore_sync_status set head = 99'))
  expect(await contents(page)).toEqual(['kept'])
  await remember(page, 'and goes on')
  const standing = async () => [await contents(page), await page.evaluate(() => engine.status('ada')?.waiting)]
  await expect.poll(standing).toEqual([['kept', 'and goes on'], 0])
})

test('[EN13] a store whose first opening was cut short opens', async ({ device, engineUrl }) => {
  const page = await (await device()).open(engineUrl)
  await page.evaluate(() => engine.beginFilePool('ada', 1))
  await remember(page, 'kept')
  expect(await contents(page)).toEqual(['kept'])
})

test('[EN14] a tab opens while the one that led it closes, and the other goes on writing', async ({
  device,
  engineUrl,
}) => {
  const laptop = await device()
  const [one, two] = [await laptop.open(engineUrl), await laptop.open(engineUrl)]
  await remember(one, 'from the first')
  await contents(two)
  const written = ['from the first']
  for (const [index, leader] of [one, two, one, two, one, two].entries()) {
    const other = leader === one ? two : one
    await leader.reload()
    await Promise.all([contents(leader), remember(other, `handed over ${index}`)])
    written.push(`handed over ${index}`)
    for (const page of [one, two]) await expect.poll(() => contents(page)).toEqual(written)
    for (const page of [one, two]) await expect.poll(() => page.evaluate(() => engine.status('ada')?.waiting)).toBe(0)
  }
})

test('[EN15] what a tab writes while the one that led its store closes gets to the log and the server without a reload', async ({
  device,
  engineUrl,
}) => {
  const laptop = await device()
  const [one, two] = [await laptop.open(engineUrl), await laptop.open(engineUrl)]
  await remember(one, 'from the first')
  await contents(two)
  const written = ['from the first']
  for (const [round, leader] of [one, two, one, two].entries()) {
    const other = leader === one ? two : one
    const notes = Array.from({ length: 20 }, (_, note) => `round ${round} note ${note}`)
    const writing = other.evaluate(async (texts) => {
      for (const text of texts) {
        await engine.remember('ada', text)
        await new Promise((resume) => setTimeout(resume, 20))
      }
    }, notes)
    await leader.reload()
    await writing
    written.push(...notes)
    for (const page of [other, leader]) {
      await expect.poll(async () => (await contents(page)).toSorted()).toEqual(written.toSorted())
      await expect.poll(() => page.evaluate(() => engine.status('ada')?.waiting)).toBe(0)
    }
    const hashes = [one, two].flatMap((page) => [
      page.evaluate(() => engine.hash('ada')),
      page.evaluate(() => engine.leaderHash('ada')),
    ])
    expect(new Set(await Promise.all(hashes)).size).toBe(1)
  }
})

test('[EN16] what a device has is shown before its worker has started, and what is written meanwhile is kept', async ({
  device,
  engineUrl,
}) => {
  const laptop = await device()
  const page = await laptop.open(engineUrl)
  await remember(page, 'kept')
  await expect.poll(() => page.evaluate(() => engine.status('ada')?.waiting)).toBe(0)
  let letGo = () => {}
  const held = new Promise<void>((resolve) => {
    letGo = resolve
  })
  await laptop.context.route(/persona\.worker/, async (route) => {
    await held
    await route.continue()
  })
  await page.reload()
  expect(await contents(page)).toEqual(['kept'])
  await remember(page, 'written meanwhile')
  expect(await contents(page)).toEqual(['kept', 'written meanwhile'])
  expect(await page.evaluate(() => engine.status('ada'))).toMatchObject({ unsaved: 1, waiting: 1, connected: false })
  letGo()
  await expect.poll(() => page.evaluate(() => engine.status('ada')?.waiting)).toBe(0)
  expect(await page.evaluate(() => engine.leaderHash('ada'))).toBe(await page.evaluate(() => engine.hash('ada')))
})

test('[EN17] what was written and not saved when its page was left is there as soon as the store opens again', async ({
  device,
  engineUrl,
}) => {
  const laptop = await device()
  const page = await laptop.open(engineUrl)
  await remember(page, 'kept')
  await expect.poll(() => page.evaluate(() => engine.status('ada')?.waiting)).toBe(0)
  await laptop.context.route(/persona\.worker/, () => undefined) // it never starts
  await page.reload()
  await contents(page)
  await remember(page, 'left behind')
  await laptop.context.unrouteAll()
  await page.reload()
  expect(await contents(page)).toEqual(['kept', 'left behind'])
})
