import type { Page } from '@playwright/test'
import { atMost, measured } from '#tests/bench/figure.ts'
import { inTurn } from '#tests/bench/in-turn.ts'
import type { Lab } from '#tests/bench/lab.ts'
import { explorerDevice } from './explorer.ts'
import { nameOf, untilListed } from './persona.ts'

/** From the click on a persona to its memories on the screen: with its store open, and with it never opened so far. */
export const switchBench = async (lab: Lab) => {
  const { page, plain, appUrl } = await lab.shared(explorerDevice)
  const room = (personaId: string) => `${appUrl}/p/${personaId}/memories`

  const cold = await inTurn(
    7,
    async () => {
      await page.goto(room('anna'))
      await untilListed(page, 'anna')
      await page.waitForTimeout(1000) // what a start leaves for later is over
      return switchTo(page, 'boris')
    },
    () => plain.evaluate(() => globalThis.plain.cold('memories')),
  )
  const warm = await inTurn(
    20,
    async (round) => {
      await page.waitForTimeout(200)
      return switchTo(page, round % 2 === 0 ? 'anna' : 'boris')
    },
    () => plain.evaluate(() => globalThis.plain.warm()),
  )
  const name = 'with 10 000 memories'
  return [
    measured({
      name: `switch warm ${name}`,
      unit: 'ms',
      ...warm,
      baseline: 'plain SQLite wasm, open: the same reads, painted',
      budget: atMost(50),
    }),
    measured({
      name: `switch cold ${name}`,
      unit: 'ms',
      ...cold,
      baseline: 'plain SQLite wasm in OPFS: worker, open, the same reads, painted',
      budget: atMost(700),
    }),
  ]
}

/** By its link in the rail, without the hover that would warm it. */
const switchTo = (page: Page, personaId: string) =>
  page.evaluate(
    async ([id, name]) => {
      const link = document.querySelector<HTMLElement>(`nav a[href="/p/${id}/memories"]`)
      if (link === null) throw new Error(`No link leads to ${name}.`)
      const startedAt = performance.now()
      link.click()
      const shownAt = await stopwatch.shown(
        () => document.querySelector('[role="listbox"] [role="option"]')?.textContent?.includes(`${name} `) === true,
      )
      return shownAt - startedAt
    },
    [personaId, nameOf(personaId)] as const,
  )
