import type { CDPSession } from '@playwright/test'
import { randomFrom } from '#schema/shared/random.ts'
import { atLeast, atMost, measured } from '#tests/bench/figure.ts'
import { inTurn, timed } from '#tests/bench/in-turn.ts'
import { type Lab, tabOf } from '#tests/bench/lab.ts'
import { openReplays } from '#tests/bench/replaying.ts'
import { longLog } from '#tests/support/long-log.ts'

const events = 20_000
const travelled = 100_000

/** How fast a log is replayed in Node and in a browser, and how soon any state of a long one is there. */
export const replayBench = async (lab: Lab) => {
  const replays = await openReplays()
  const some = longLog(events) // the long log comes later: the collector would walk through it, too
  const rows = replays.rowsOf(some)
  const ours = async () => events / (await cpuSeconds(() => replays.replayed(some).close()))
  const beside = await inTurn(3, ours, async () => events / (await cpuSeconds(() => replays.inserted(rows).close())))

  const history = replays.historyOf(longLog(travelled))
  const head = history.stateAt(travelled)
  const file = head.db.serialize()
  head.close()
  const random = randomFrom(1)
  const travel = await inTurn(
    20,
    () => timed(() => history.stateAt(Math.ceil(random() * travelled)).close()),
    () => timed(() => replays.openDatabase(file).close()),
  )
  const inPage = await replayInPage(lab)
  return [
    measured({
      name: 'replay in Node: events a CPU second',
      unit: 'events/s',
      ...beside,
      baseline: 'the rows it leaves by bare prepared inserts',
      budget: atLeast(20_000),
    }),
    measured({
      name: 'replay in a browser: events a second',
      unit: 'events/s',
      ...inPage.wall,
      baseline: 'the rows it leaves by bare prepared inserts, in the same worker',
      budget: atLeast(10_000),
    }),
    measured({
      name: 'replay in a browser: events a CPU second',
      unit: 'events/s',
      ...inPage.cpu,
      baseline: 'the same inserts, by the CPU time of the page’s process',
    }),
    ...[0.5, 1].map((quantile) =>
      measured({
        name: `state at a number of 100 000: ${quantile === 1 ? 'slowest' : 'median'}`,
        unit: 'ms',
        ...travel,
        quantile,
        baseline: 'the last state opened from a file in memory',
        budget: atMost(300),
      }),
    ),
  ]
}

export const cpuSeconds = async (work: () => unknown): Promise<number> => {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}

const replayInPage = async (lab: Lab) => {
  const device = await lab.device()
  const page = tabOf(device)
  await page.goto(`${await lab.baselineUrl()}/replay.html`)
  const session = await device.browser()?.newBrowserCDPSession()
  const cpu: Record<Call, number[]> = { replayed: [], inserted: [] }
  /** Seconds on the wall; those of the page's process, which does nothing else meanwhile, are noted beside. */
  const measure = async (call: Call) => {
    const before = await rendererSeconds(session)
    const seconds = await page.evaluate((call) => globalThis.replaying(call), call)
    cpu[call].push(events / ((await rendererSeconds(session)) - before))
    return seconds
  }
  await measure('replayed')
  cpu.replayed.length = 0 // the log was made meanwhile
  const wall = await inTurn(
    3,
    async () => events / (await measure('replayed')),
    async () => events / (await measure('inserted')),
  )
  return { wall, cpu: { ours: cpu.replayed.slice(1), theirs: cpu.inserted.slice(1) } }
}

type Call = 'replayed' | 'inserted'

const rendererSeconds = async (session: CDPSession | undefined): Promise<number> => {
  if (session === undefined) throw new Error('The browser does not say what its processes cost.')
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  return processInfo.filter(({ type }) => type === 'renderer').reduce((sum, { cpuTime }) => sum + cpuTime, 0)
}
