import type { Page } from '@playwright/test'
import { memoryEvents } from '#schema/memories/events.ts'
import { batchesOf, memoriesOf } from '#tests/bench/data.ts'
import { atMost, type Measured, measured } from '#tests/bench/figure.ts'
import { inTurn } from '#tests/bench/in-turn.ts'
import { type Lab, tabOf } from '#tests/bench/lab.ts'
import { commitIn } from '#tests/support/commit-in.ts'
import { joinLink } from '#tests/support/join-link.ts'
import { follow } from '#tests/support/journey.ts'
import { addPersona, nameOf, untilSynced } from './persona.ts'

const events = 10_000
const personaId = 'hedy'
const storeId = `persona_${personaId}`

/** From the click on a persona that a new device never had open until all of its 10 000 memories, an event each, are there. */
export const hydrateBench = async (lab: Lab): Promise<readonly Measured[]> => {
  const appUrl = await lab.appUrl()
  const here = tabOf(await lab.device())
  await here.goto(appUrl)
  await addPersona(here, appUrl, personaId, 0)
  for (const memories of batchesOf(memoriesOf(nameOf(personaId), events), 500))
    await commitIn(
      here,
      storeId,
      memories.map((memory) =>
        memoryEvents.memoryAdded({ ...memory, personaId, addedAt: new Date(), actorId: 'bench', deviceId: 'bench' }),
      ),
    )
  await untilSynced(here, storeId)
  await here.goto(`${appUrl}/p/${personaId}/memories`) // its summary, by which another device knows how long the log is
  const opened = async (isAlone: boolean) => {
    const context = await lab.device()
    const there = tabOf(context)
    // Without the log in pages, LiveStore takes it event by event, in the same app.
    if (isAlone) await context.route(/\/api\/stores\/persona_\w+\/log\?/, (route) => route.abort())
    await there.goto(await joinLink(here))
    await there.waitForURL((url) => url.pathname !== '/join')
    await there
      .getByRole('link', { name: new RegExp(nameOf(personaId)) })
      .first()
      .waitFor()
    await untilSummarized(there)
    const startedAt = performance.now()
    await follow(there, `/p/${personaId}/memories`)
    await untilWhole(there)
    const seconds = (performance.now() - startedAt) / 1000
    await context.close()
    return seconds
  }
  const times = await inTurn(
    2,
    () => opened(false),
    () => opened(true),
  )
  return [
    measured({
      name: 'a new device opens a persona of 10 000 events: all rows there',
      unit: 's',
      ...times,
      baseline: 'the same app and server, LiveStore taking the log by itself',
      budget: atMost(1.5),
    }),
  ]
}

/** Until the directory tells how much there is to fetch. */
const untilSummarized = (page: Page) =>
  page.waitForFunction(
    ([id, least]) => {
      const workspace = Object.entries(globalThis.__debugLiveStore ?? {}).find(([key]) => key.startsWith('workspace_'))
      const query = `select head from summaries where personaId = '${id}' and head >= ${least}`
      const rows = workspace?.[1].query({ query, bindValues: [] })
      return (rows as readonly unknown[] | undefined)?.length === 1 // what SQL gives
    },
    [personaId, events] as const,
    { timeout: 180_000, polling: 200 },
  )

const untilWhole = (page: Page) =>
  page.waitForFunction(
    ([id, count]) => {
      const store = globalThis.__debugLiveStore?.[id]
      const rows = store?.query({ query: 'select count(*) as count from memories', bindValues: [] })
      return (rows as readonly { readonly count: number }[] | undefined)?.[0]?.count === count // one row of it
    },
    [storeId, events] as const,
    { timeout: 300_000, polling: 20 },
  )
