import type { Page } from '@playwright/test'
import { memoryEvents } from '#schema/memories/events.ts'
import { createPersona } from '#schema/personas/commands.ts'
import { blankDraft } from '#schema/personas/templates.ts'
import { personaSchema } from '#schema/stores/persona-store.ts'
import type { LogEvent } from '#schema/stores/replay.ts'
import { memoriesOf } from '#tests/bench/data.ts'
import { atMost, type Measured, measured } from '#tests/bench/figure.ts'
import { inTurn } from '#tests/bench/in-turn.ts'
import { type Lab, tabOf } from '#tests/bench/lab.ts'
import { follow } from '#tests/support/journey.ts'
import { logOf } from '#tests/support/log-events.ts'
import { longLog } from '#tests/support/long-log.ts'
import { factsOf } from '#tests/support/stores.ts'
import { longPersonas } from './long-persona.ts'
import { stampOf } from './persona.ts'

/** From the click on a persona that a new device never had open until all of it is there. */
export const hydrateBench = async (lab: Lab): Promise<readonly Measured[]> => {
  // Each in a workspace of its own: a device lands where another one was last.
  const personaIn = async (longId: string, long: readonly LogEvent[]) => {
    const shortId = `near${longId}`
    const short = memoriesLog(shortId, 20)
    const invite = await longPersonas(await lab.appUrl(), { [shortId]: short, [longId]: long })
    /** Seconds, on one more device. */
    return async ({ isAlone = false, afterwards }: Opening = {}) => {
      const context = await lab.device()
      const there = tabOf(context)
      // Without the log in pages, LiveStore takes it event by event, in the same app.
      if (isAlone) await context.route(/\/api\/stores\/persona_\w+\/log\?/, (route) => route.abort())
      await there.goto(await invite())
      await there.waitForURL((url) => url.pathname.startsWith(`/p/${shortId}`))
      await untilSummarized(there)
      await untilWhole(there, `persona_${shortId}`, memoriesIn(short))
      const startedAt = performance.now()
      await follow(there, `/p/${longId}/memories`)
      await untilWhole(there, `persona_${longId}`, memoriesIn(long))
      const seconds = (performance.now() - startedAt) / 1000
      await afterwards?.(there)
      await context.close()
      return seconds
    }
  }
  const short = await inTurn(
    1,
    async (round) => (await personaIn(`hedy${round}`, memoriesLog(`hedy${round}`, 10_000)))(),
    async (round) =>
      5 * (await (await personaIn(`alone${round}`, memoriesLog(`alone${round}`, 2000)))({ isAlone: true })),
  )
  const openAda = await personaIn('ada', longLog(100_000))
  const long = [await openAda({ afterwards: (page) => makeSnapshot(page, 'ada') })]
  const fromSnapshot = [await openAda()]
  const by = 'the same app and server, LiveStore taking 2 000 new memories by itself'
  return [
    measured({
      name: 'hydrate: a new device opens a persona of 10 000 events, all rows there',
      unit: 's',
      ...short,
      baseline: `${by}, times five`,
      budget: atMost(1.5),
    }),
    measured({
      name: 'hydrate: the same of 100 000 events, a life of talks',
      unit: 's',
      ours: long,
      theirs: short.theirs.map((seconds) => 10 * seconds),
      baseline: `${by}, times fifty`,
      budget: atMost(6),
    }),
    measured({
      name: 'hydrate: the same, from a snapshot that another device made',
      unit: 's',
      ours: fromSnapshot,
      theirs: short.theirs.map((seconds) => 10 * seconds),
      baseline: `${by}, times fifty`,
      budget: atMost(6),
    }),
  ]
}

interface Opening {
  /** Without us. */
  readonly isAlone?: boolean
  /** What is done there once it was measured. */
  readonly afterwards?: (page: Page) => Promise<void>
}

const makeSnapshot = async (page: Page, personaId: string) => {
  await follow(page, `/p/${personaId}`)
  await page.getByRole('button', { name: 'Make a snapshot' }).click()
  await page.getByText('The snapshot is beside the log').waitFor({ timeout: 300_000 })
}

/** An event each, and a key: the most that so many events can ask of a device. */
const memoriesLog = (personaId: string, length: number): readonly LogEvent[] => {
  const created = factsOf(createPersona(personaId, { ...blankDraft, name: personaId }, stampOf(personaId)))
  const { at: addedAt, ...by } = stampOf(personaId)
  const memories = memoriesOf(personaId, length - created.length)
  const added = memories.map((memory) => memoryEvents.memoryAdded({ ...memory, personaId, addedAt, ...by }))
  return logOf(personaSchema, [...created, ...added])
}

const memoriesIn = (log: readonly LogEvent[]) => log.filter(({ name }) => name === 'v1.MemoryAdded').length

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

const untilWhole = (page: Page, storeId: string, memories: number) =>
  page.waitForFunction(
    ([id, count]) => {
      const store = globalThis.__debugLiveStore?.[id]
      const rows = store?.query({ query: 'select count(*) as count from memories', bindValues: [] })
      return (rows as readonly { readonly count: number }[] | undefined)?.[0]?.count === count // one row of it
    },
    [storeId, memories] as const,
    { timeout: 300_000, polling: 20 },
  )
