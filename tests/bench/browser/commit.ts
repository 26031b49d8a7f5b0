import type { Page } from '@playwright/test'
import { memoriesOf } from '#tests/bench/data.ts'
import { atMost, measured } from '#tests/bench/figure.ts'
import { inTurn } from '#tests/bench/in-turn.ts'
import type { Lab } from '#tests/bench/lab.ts'
import { explorerDevice } from './explorer.ts'
import { nameOf, untilListed } from './persona.ts'

const times = 40
const baseline = 'plain SQLite wasm: write, the same reads, painted'

/** From the key that commits to its effect on the screen, with 10 000 memories listed beside it. */
export const commitBench = async (lab: Lab) => {
  const { page, plain, appUrl } = await lab.shared(explorerDevice)
  const room = `${appUrl}/p/anna/memories`
  const theirs = (round: number) => plain.evaluate((value) => globalThis.plain.revise(value), (round % 10) / 10)

  // The newest on top is the one of the last fact; any that is in sight will do.
  await page.goto(room)
  await untilListed(page, 'anna')
  const [{ memoryId: first } = { memoryId: '' }] = memoriesOf(nameOf('anna'), 1)
  const memoryId = (await page.locator('[role="option"][data-memory]').nth(2).getAttribute('data-memory')) ?? first
  await page.goto(`${room}?memory=${memoryId}`)
  await untilListed(page, 'anna')
  const revise = await inTurn(times, (round) => reviseByKey(page, memoryId, round), theirs)

  const add = await inTurn(times, (round) => addByKey(page, `Anna writes note number ${round} down`), theirs)
  return [
    measured({
      name: 'keystroke to screen: importance, p95',
      unit: 'ms',
      ...revise,
      baseline,
      quantile: 0.95,
      budget: atMost(30),
    }),
    measured({
      name: 'keystroke to screen: a new memory, p95',
      unit: 'ms',
      ...add,
      baseline,
      quantile: 0.95,
      budget: atMost(30),
    }),
  ]
}

/** An arrow key on the importance of the open memory, until its row in the list shows it. */
const reviseByKey = async (page: Page, memoryId: string, round: number) => {
  const slider = page.getByRole('region', { name: 'Memory' }).getByRole('slider', { name: 'Importance' })
  await slider.focus()
  const shown = page.evaluate((id) => {
    const label = () => document.querySelector(`[data-memory="${id}"] [role="img"]`)?.getAttribute('aria-label')
    const before = label()
    return new Promise<number>((resolve) => {
      const start = async ({ timeStamp }: KeyboardEvent) =>
        resolve((await stopwatch.shown(() => label() !== undefined && label() !== before)) - timeStamp)
      addEventListener('keydown', start, { capture: true, once: true })
    })
  }, memoryId)
  await settled(page)
  await page.keyboard.press(round % 2 === 0 ? 'ArrowLeft' : 'ArrowRight')
  return shown
}

/** Ctrl + Enter in the form, until the memory stands beside the list. */
const addByKey = async (page: Page, content: string) => {
  await page.getByRole('button', { name: 'Add memory' }).click()
  await page.getByRole('textbox', { name: 'What to remember' }).fill(content)
  const shown = page.evaluate(
    (text) =>
      new Promise<number>((resolve) => {
        const start = async ({ key, timeStamp }: KeyboardEvent) => {
          if (key !== 'Enter') return
          removeEventListener('keydown', start, true)
          const isRead = () => {
            const detail = document.querySelector('section[aria-label="Memory"]')
            return detail?.querySelector('form') === null && (detail.textContent ?? '').includes(text)
          }
          resolve((await stopwatch.shown(isRead)) - timeStamp)
        }
        addEventListener('keydown', start, true)
      }),
    content,
  )
  await settled(page)
  await page.keyboard.press('Control+Enter')
  return shown
}

/** People do not type while the page still answers the key before. */
const settled = (page: Page) => page.waitForTimeout(300)
