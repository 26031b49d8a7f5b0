import { atMost, measured } from '#tests/bench/figure.ts'
import { inTurn } from '#tests/bench/in-turn.ts'
import { type Lab, tabOf } from '#tests/bench/lab.ts'

/** From the address to the first view, and to an open store, on a device that never saw it. */
export const startBench = async (lab: Lab) => {
  const [appUrl, baselineUrl] = [await lab.appUrl(), await lab.baselineUrl()]
  const bare = () => timeTo(lab, `${baselineUrl}/bare.html`, 'main h1')
  const baseline = 'a page that opens bare LiveStore on the same tables'
  const first = await inTurn(5, () => timeTo(lab, appUrl, 'main :is(h1, h2, button)'), bare)
  const open = await inTurn(5, () => timeTo(lab, appUrl, 'header h1'), bare)
  return [
    measured({ name: 'first view on a new device', unit: 'ms', ...first, baseline }),
    measured({
      name: 'start on a new device',
      unit: 'ms',
      ...open,
      baseline,
      budget: atMost(2000),
    }),
  ]
}

const timeTo = async (lab: Lab, url: string, shown: string): Promise<number> => {
  const context = await lab.device()
  const page = tabOf(context)
  await page.goto(url, { waitUntil: 'commit' })
  const ms = await page.evaluate((selector) => stopwatch.shown(() => document.querySelector(selector) !== null), shown)
  await context.close()
  return ms
}
