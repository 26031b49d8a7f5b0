import { expect, engineTest as test } from '#tests/support/engine-journey.ts'

test('[RP19] a worker replays the log of an open store: its head, times, any state, what changed, and every version of a thing', async ({
  device,
  engineUrl,
}) => {
  const page = await (await device()).open(engineUrl)
  await page.evaluate(async () => {
    for (let i = 0; i < 5; i++) await engine.scribble('ada', i, 20)
  })
  await expect.poll(() => page.evaluate(() => engine.status('ada')?.waiting), { timeout: 60_000 }).toBe(0)
  const told = await page.evaluate(async () => {
    const history = await engine.openStoreHistory(engine.personaStoreId('ada'))
    const { head, confirmed, times, numbers, failure } = history.overview
    const middle = Math.floor(head / 2)
    const countAt = (n: number) =>
      history.call('rows', {
        n,
        query: 'select count(*) as count from memories where addedAt <= ?',
        bindValues: [8e15],
      })
    const said = {
      head,
      confirmed,
      failure,
      events: times.length,
      isRising: times.every((time, index) => index === 0 || time >= (times[index - 1] ?? 0)),
      numberAtEnd: await history.call('numberAt', { time: times.at(-1) ?? 0 }),
      lastNumber: numbers.at(-1),
      atStart: await countAt(0),
      atHead: await countAt(head),
      written: await history.call('rows', { n: head, query: 'delete from memories', bindValues: [] }).catch(String),
      hash: (await history.call('stateHash', { n: head })).hash,
      middleTwice: [
        (await history.call('stateHash', { n: middle })).hash,
        (await history.call('stateHash', { n: head })).hash,
        (await history.call('stateHash', { n: middle })).hash,
      ],
      changed: (await history.call('diff', { from: middle, to: head })).map(({ table }) => table),
      nothing: await history.call('diff', { from: head, to: head }),
      without: await history.call('whatIf', { n: head, without: numbers }),
      versions: await history.call('versionsOf', { kind: 'memory', id: 'a' }),
    }
    history.close()
    return said
  })
  expect(told).toMatchObject({ failure: null, isRising: true, atStart: [{ count: 0 }], nothing: [] })
  expect(told.head).toBeGreaterThan(20)
  expect(told.written).toMatch(/readonly/)
  expect([told.confirmed, told.events, told.numberAtEnd, told.lastNumber]).toEqual(Array(4).fill(told.head))
  expect(told.hash).toBe(await page.evaluate(() => engine.hash('ada')))
  expect(told.middleTwice[0]).toBe(told.middleTwice[2])
  expect(told.middleTwice[0]).not.toBe(told.middleTwice[1])
  expect(told.changed.length).toBeGreaterThan(0)
  expect(told.without.every(({ added, changed }) => added + changed === 0)).toBe(true)
  expect(told.versions[0]).toMatchObject({ eventName: 'v1.MemoryAdded', rows: { memories: [{ memoryId: 'a' }] } })
  expect(told.versions.length).toBeGreaterThan(2)
})

test('[RP20] verifying a store rebuilds its state from its log: equal to what is kept and shown, or the table and the rows are named', async ({
  device,
  engineUrl,
}) => {
  const page = await (await device()).open(engineUrl)
  await page.evaluate(() => engine.scribble('ada', 7, 40))
  const sound = await page.evaluate(() => engine.verifyState(engine.personaStoreId('ada')))
  for (const verdict of [sound.kept, sound.shown]) {
    expect(verdict.differences).toEqual([])
    expect(verdict.kept.hash).toBe(verdict.rebuilt.hash)
  }
  expect(sound.kept.rebuilt.hash).toBe(await page.evaluate(() => engine.hash('ada')))

  await page.evaluate(() =>
    engine.tamper(
      'ada',
      '/state',
      "update memories set preview = 'forged' where memoryId = (select max(memoryId) from memories)",
    ),
  )
  const forged = await page.evaluate(() => engine.verifyState(engine.personaStoreId('ada')))
  for (const verdict of [forged.kept, forged.shown]) {
    expect(verdict.kept.hash).not.toBe(verdict.rebuilt.hash)
    expect(verdict.differences).toMatchObject([
      {
        table: 'memories',
        added: 0,
        changed: 1,
        removed: 0,
        rows: [{ columns: [{ column: 'preview', after: 'forged' }] }],
      },
    ])
  }
})
