import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { desk, phoneScreen } from './launch.ts'

const colours = ['color-contrast', 'link-in-text-block']

/** Colours are judged once each, and all else in each layout: what is dear is judged no oftener than it changes. */
const looks = [
  { colorScheme: 'light', screen: phoneScreen, judged: (axe) => axe.disableRules(colours) },
  { colorScheme: 'dark', screen: desk, judged: (axe) => axe.withRules(colours) },
  { colorScheme: 'light', screen: desk, judged: (axe) => axe },
] satisfies readonly {
  colorScheme: 'light' | 'dark'
  screen: typeof desk
  judged: (axe: AxeBuilder) => AxeBuilder
}[]

/** What axe finds serious in a page as it stands: on a phone, on a desk in the dark, and on a desk in the light. */
export const seriousInAllLooks = async (page: Page): Promise<readonly string[]> => {
  const found: string[] = []
  for (const { colorScheme, screen, judged } of looks) {
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize(screen)
    await page.evaluate(untilFaded)
    found.push(...(await seriousIn(judged(await axeOn(page)))).map((it) => `${colorScheme} ${screen.width} ${it}`))
  }
  return found
}

/** What axe finds serious in a page, or in one part of it, as it looks now. */
export const seriousNow = async (page: Page, part = 'html'): Promise<readonly string[]> =>
  seriousIn((await axeOn(page)).include(part))

/** In one go, without a second page to end in: none of ours has frames. Its half megabyte is read once per document. */
const axeOn = async (page: Page) => {
  const isThere = await page.evaluate(() => 'axe' in window)
  return new AxeBuilder({ page, ...(isThere ? { axeSource: 'void 0' } : {}) })
    .setLegacyMode()
    .options({ resultTypes: ['violations'] })
}

const seriousIn = async (axe: AxeBuilder) => {
  const { url, violations } = await axe.analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${url} ${id} ${nodes.map(({ html }) => html).join(' ')}`)
}

/** A colour on its way from one look to the other is none of either. The page hears of the other look a frame later. */
const untilFaded = async () => {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
  for (let still = 0; still < 3; still++) {
    await frame()
    const fading = document.getAnimations().filter((animation) => animation instanceof CSSTransition)
    if (fading.length > 0) still = 0
    await Promise.allSettled(fading.map(({ finished }) => finished))
  }
}
