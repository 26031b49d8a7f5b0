import type { Page } from '@playwright/test'
import { atLeast, measured } from '#tests/bench/figure.ts'
import { inTurn } from '#tests/bench/in-turn.ts'
import { type Lab, tabOf } from '#tests/bench/lab.ts'
import { addPersona, untilListed } from './persona.ts'

const rows = 100_000

/** Through 100 000 memories at 300 pixels a frame: frames a second, and how many of them showed rows without text. */
export const scrollBench = async (lab: Lab) => {
  const appUrl = await lab.appUrl()
  const page = tabOf(await lab.device())
  await page.goto(appUrl)
  await addPersona(page, appUrl, 'carla', rows)
  await page.goto(`${appUrl}/p/carla/memories`)
  await untilListed(page, 'carla')
  await page.waitForTimeout(2000)

  const unread: number[] = []
  const frames = await inTurn(
    2,
    async () => {
      const { perSecond, unreadShare } = await scrollThrough(page, '[role="listbox"]')
      unread.push(unreadShare * 100)
      return perSecond
    },
    async () => {
      await addBlank(page)
      const { perSecond } = await scrollThrough(page, '#blank')
      await page.evaluate(() => document.querySelector('#blank')?.remove())
      return perSecond
    },
  )
  const baseline = 'a blank of the same height'
  return [
    measured({ name: '100 000 memories scroll', unit: 'frames/s', ...frames, baseline, budget: atLeast(59.5) }),
    measured({
      name: '100 000 memories scroll: frames with unread rows',
      unit: '%',
      ours: unread,
      theirs: [0],
      baseline,
    }),
  ]
}

const scrollThrough = (page: Page, selector: string) =>
  page.evaluate(async (selector) => {
    const scroller = document.querySelector(selector)
    if (scroller === null) throw new Error(`Nothing here is ${selector}.`)
    const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve))
    scroller.scrollTop = 0
    await frame()
    const startedAt = await frame()
    let [count, unread, now] = [0, 0, startedAt]
    while (now - startedAt < 4000) {
      scroller.scrollTop += 300
      now = await frame()
      count++
      const shown = [...scroller.querySelectorAll('[role="option"]')]
      if (shown.some((row) => row.querySelector('time') === null)) unread++
    }
    return { perSecond: (count / (now - startedAt)) * 1000, unreadShare: unread / count }
  }, selector)

const addBlank = (page: Page) =>
  page.evaluate(() => {
    const blank = document.createElement('div')
    blank.id = 'blank'
    blank.style.cssText = 'position:fixed;inset:0;z-index:999;overflow:auto;background:white'
    const height = document.createElement('div')
    height.style.height = '4000000px'
    blank.append(height)
    document.body.append(blank)
  })
