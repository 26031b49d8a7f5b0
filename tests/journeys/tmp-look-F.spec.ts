import type { Page } from '@playwright/test'
import { expect as slow, follow, test } from '#tests/support/journey.ts'
import { seriousInAllLooks } from '#tests/support/looks.ts'

const expect = slow.configure({ timeout: 15_000 })
const cellRow = (page: Page, cellId: string) =>
  page.getByRole('table', { name: 'Cells' }).getByRole('row').filter({ hasText: cellId })
const chosen = (page: Page) => page.getByRole('region', { name: 'Chosen store' })
let count = 0
const shot = async (page: Page, name: string) => {
  name = `${++count}-${name}`
  for (const [size, width, height] of [['desk', 1280, 800], ['phone', 390, 844]] as const)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize({ width, height })
      await page.emulateMedia({ colorScheme })
      await page.waitForTimeout(100)
      await page.screenshot({ path: `/tmp/w/F-shots/${name}-${size}-${colorScheme}.png` })
    }
  await page.setViewportSize({ width: 1280, height: 1400 })
  await page.emulateMedia({ colorScheme: 'light' })
  await page.screenshot({ path: `/tmp/w/F-shots/${name}-tall.png` })
  await page.setViewportSize({ width: 1280, height: 800 })
}
const attempt = async (name: string, work: () => Promise<void>) => {
  const began = Date.now()
  await work().then(
    () => console.log('OK', name, Date.now() - began),
    (error: unknown) => console.log('FAILED', name, Date.now() - began, String(error).slice(0, 600)),
  )
}
const serious = async (page: Page) => {
  const found = await seriousInAllLooks(page)
  if (found.length > 0) throw new Error(`AXE ${found.join('\n')}`)
}
const startPlan = async (page: Page, name: string) => {
  await page.getByRole('button', { name: 'See what would move' }).click()
  await expect(page.getByRole('table', { name: 'Before and after' })).toBeVisible()
  await shot(page, name)
  await attempt(`axe ${name}`, () => (name === 'plan' ? serious(page) : Promise.resolve()))
  await page.getByRole('button', { name: /^Start \d+ moves?$/ }).click()
  await page.waitForURL(/\/shards\/moves/)
}

test('look', async ({ device, server }) => {
  test.setTimeout(275_000)
  const page = await (await device()).open()
  page.on('console', (m) => m.type() === 'error' && console.log('CONSOLE', m.text().slice(0, 300)))
  page.on('pageerror', (e) => console.log('PAGEERROR', String(e).slice(0, 300)))
  await page.getByRole('button', { name: 'Try a sample workspace' }).click()
  await page.waitForURL(/\/p\/.*\/chats/)
  await slow(page.getByText('saved everywhere')).toBeVisible()
  page.setDefaultTimeout(15_000)
  const personaId = /\/p\/(\w+)/.exec(page.url())?.[1] ?? ''
  const storeId = `persona_${personaId}`
  let to = 'c1'
  await attempt('move', async () => {
    await follow(page, `/shards?chosen=${storeId}`)
    const from = (await chosen(page).textContent())?.match(/(c\d) (?:by|pinned)/)?.[1] ?? ''
    to = from === 'c1' ? 'c2' : 'c1'
    await chosen(page).getByRole('link', { name: 'Move it…' }).click()
    await page.getByRole('combobox', { name: 'To', exact: true }).click()
    await page.getByRole('option', { name: to }).click()
    await expect(page).toHaveURL(new RegExp(`to=${to}`))
    await startPlan(page, 'plan')
  })
  const past = page.getByRole('table', { name: 'Past moves' })
  await attempt('moved', async () => {
    await expect(past.getByRole('row')).toContainText('Moved; the old copy goes after a day')
    await expect(past.getByRole('row')).toContainText(/[\d,]+ ms/)
    await shot(page, 'moved')
    await serious(page)
  })
  await attempt('epoch', async () => {
    await follow(page, `/shards?chosen=${storeId}`)
    await expect(chosen(page)).toContainText(new RegExp(`${to} .*epoch 2`))
  })
  await attempt('refuse', async () => {
    await page.getByRole('button', { name: `Act on ${to}` }).click()
    await page.getByRole('menuitem', { name: 'Remove it…' }).click()
    await page.getByRole('button', { name: 'Remove it', exact: true }).click()
    await expect(page.getByRole('alert').filter({ hasText: 'cell' })).toBeVisible()
    console.log(await page.getByRole('alert').allTextContents())
    await expect(cellRow(page, to)).toContainText('takes stores')
  })
  await attempt('drain', async () => {
    await page.evaluate(async () => {
      for (let n = 0; n < 40; n++) {
        await fetch(`/api/stores/persona_made${n}`)
        await fetch(`/api/stores/persona_made${n}/placement`)
      }
    })
    await page.getByRole('button', { name: `Act on ${to}` }).click()
    await page.getByRole('menuitem', { name: 'Empty it…' }).click()
    await startPlan(page, 'drain')
    await page.waitForTimeout(300)
    await shot(page, 'running')
    await follow(page, '/shards')
    await expect(cellRow(page, to)).toContainText('draining')
    await slow(cellRow(page, to).getByRole('cell').nth(2)).toHaveText('0', { timeout: 40_000 })
    await shot(page, 'drained')
  })
  await attempt('health', async () => {
    await follow(page, '/shards/health')
    await expect(page.getByRole('region', { name: 'Health of c1' })).toBeVisible()
    await page.getByRole('button', { name: 'New rule' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('A cell is slow')
    await page.screenshot({ path: '/tmp/w/F-shots/rule.png' })
    await page.getByRole('button', { name: 'Keep' }).click()
    await expect(page.getByRole('table', { name: 'Alert rules' })).toContainText('A cell is slow')
    await shot(page, 'health')
    await serious(page)
  })
  await attempt('dashboard', async () => {
    await follow(page, '/dashboard')
    await expect(page.getByRole('link', { name: /store.? on this device/ })).toBeVisible()
    await shot(page, 'dashboard')
    await serious(page)
    await page.getByRole('region', { name: 'How it stands' }).getByRole('link', { name: 'Shards', exact: true }).click()
    await expect(cellRow(page, to)).toBeVisible()
  })
  await attempt('old address', async () => {
    await follow(page, `/shards?store=${storeId}&table=memories`)
    await expect(page).toHaveURL(/\/shards\/explore\?/)
    await expect(page.getByText(/as of event \d/)).toBeVisible()
  })
  await attempt('silence', async () => {
    await follow(page, '/shards')
    await expect(cellRow(page, to)).toBeVisible()
    await server.kill()
    await expect(page.getByText('Shown as it was last told')).toBeVisible()
    await shot(page, 'silent')
    await expect(cellRow(page, to)).toBeVisible()
  })
})
