import type { Page } from '@playwright/test'
import { atMost, type Measured, measured } from '#tests/bench/figure.ts'
import { type Lab, tabOf } from '#tests/bench/lab.ts'
import { follow } from '#tests/support/journey.ts'
import { type LongPersona, longLife, longPersona, memoriesLog } from './long-persona.ts'

/** From the click on a persona that a new device never had open until all of it is there; and from there a reload. */
export const hydrateBench = async (lab: Lab): Promise<readonly Measured[]> => {
  const url = await lab.appUrl()
  const hedy = await longPersona(url, 'hedy', memoriesLog('hedy', 10_000))
  const alone = await longPersona(url, 'alone', memoriesLog('alone', 2000))
  const ours = [await secondsToOpen(lab, hedy), await secondsToOpen(lab, hedy)]
  const theirs = [5 * (await secondsToOpen(lab, alone, { isAlone: true }))]
  const ada = await lab.shared(longLife)
  const reloads: number[] = []
  const afterwards = async (page: Page) => {
    for (let times = 0; times < 3; times++) reloads.push(await msToReload(page))
    await makeSnapshot(page, ada.longId)
  }
  const long = [await secondsToOpen(lab, ada, { afterwards })]
  const fromSnapshot = [await secondsToOpen(lab, ada)]
  const by = 'the same app and server, LiveStore taking 2 000 new memories by itself'
  const fiftyTimes = { theirs: theirs.map((seconds) => 10 * seconds), baseline: `${by}, times fifty` }
  return [
    measured({
      name: 'hydrate: a new device opens a persona of 10 000 events, all rows there',
      unit: 's',
      ours,
      theirs,
      baseline: `${by}, times five`,
      budget: atMost(1.5),
    }),
    measured({
      name: 'hydrate: the same of 100 000 events, a life of talks',
      unit: 's',
      ours: long,
      ...fiftyTimes,
      budget: atMost(6),
    }),
    measured({
      name: 'hydrate: the same, from a snapshot that another device made',
      unit: 's',
      ours: fromSnapshot,
      ...fiftyTimes,
      budget: atMost(6),
    }),
    measured({
      name: 'reload with 100 000 events: its memories listed',
      unit: 'ms',
      ours: reloads,
      theirs: long.map((seconds) => 1000 * seconds),
      baseline: 'the first opening of it there',
      budget: atMost(500),
    }),
  ]
}

interface Opening {
  /** Without us. */
  readonly isAlone?: boolean
  /** What is done there once it was measured. */
  readonly afterwards?: (page: Page) => Promise<void>
}

/** On one more device, which lands at the short persona beside it: where another one was last. */
const secondsToOpen = async (lab: Lab, persona: LongPersona, { isAlone = false, afterwards }: Opening = {}) => {
  const context = await lab.device()
  const page = tabOf(context)
  // Without the log in pages, LiveStore takes it event by event, in the same app.
  if (isAlone) await context.route(/\/api\/stores\/persona_\w+\/log\?/, (route) => route.abort())
  await page.goto(await persona.invite())
  await page.waitForURL((url) => url.pathname.startsWith(`/p/${persona.shortId}`))
  await untilSummarized(page)
  await untilWhole(page, persona.shortId, persona.memories.short)
  const startedAt = performance.now()
  await follow(page, `/p/${persona.longId}/memories`)
  await untilWhole(page, persona.longId, persona.memories.long)
  const seconds = (performance.now() - startedAt) / 1000
  await afterwards?.(page)
  await context.close()
  return seconds
}

const msToReload = async (page: Page) => {
  await page.locator(aMemory).first().waitFor()
  await page.waitForTimeout(2000) // what an opening leaves for later is over
  await page.reload({ waitUntil: 'commit' })
  return page.evaluate((selector) => stopwatch.shown(() => document.querySelector(selector) !== null), aMemory)
}

const aMemory = '[role="listbox"] [role="option"]'

const makeSnapshot = async (page: Page, personaId: string) => {
  await follow(page, `/p/${personaId}`)
  await page.getByRole('button', { name: 'Make a snapshot' }).click()
  await page.getByText('The snapshot is beside the log').waitFor({ timeout: 300_000 })
}

/** Until the directory tells how much there is to fetch. */
const untilSummarized = (page: Page) =>
  page.waitForFunction(
    () => {
      const workspace = Object.entries(globalThis.__debugLiveStore ?? {}).find(([key]) => key.startsWith('workspace_'))
      const rows = workspace?.[1].query({ query: 'select head from summaries where head >= 200', bindValues: [] })
      return (rows as readonly unknown[] | undefined)?.length === 1 // what SQL gives
    },
    undefined,
    { timeout: 180_000, polling: 200 },
  )

const untilWhole = (page: Page, personaId: string, memories: number) =>
  page.waitForFunction(
    ([id, count]) => {
      const store = globalThis.__debugLiveStore?.[id]
      const rows = store?.query({ query: 'select count(*) as count from memories', bindValues: [] })
      return (rows as readonly { readonly count: number }[] | undefined)?.[0]?.count === count // one row of it
    },
    [`persona_${personaId}`, memories] as const,
    { timeout: 300_000, polling: 20 },
  )
