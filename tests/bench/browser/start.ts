import { atMost, measured } from '#tests/bench/figure.ts'
import { inTurn } from '#tests/bench/in-turn.ts'
import { type Lab, tabOf } from '#tests/bench/lab.ts'

/** From the address to a page one can use, on a device that never saw it. */
export const startBench = async (lab: Lab) => {
  const [appUrl, baselineUrl] = [await lab.appUrl(), await lab.baselineUrl()]
  const times = await inTurn(
    5,
    () => timeToUsable(lab, appUrl, 'main :is(h1, h2, button)'),
    () => timeToUsable(lab, `${baselineUrl}/bare.html`, 'main h1'),
  )
  return [
    measured({
      name: 'start on a new device',
      unit: 'ms',
      ...times,
      baseline: 'a page that opens bare LiveStore on the same tables',
      budget: atMost(2000),
    }),
  ]
}

const timeToUsable = async (lab: Lab, url: string, usable: string): Promise<number> => {
  const context = await lab.device()
  const page = tabOf(context)
  await page.goto(url, { waitUntil: 'commit' })
  const ms = await page.evaluate((selector) => stopwatch.shown(() => document.querySelector(selector) !== null), usable)
  await context.close()
  return ms
}
