import type { Page } from '@playwright/test'
import { type Collector, decodeAppSpan, startCollector } from '#tests/support/collector.ts'
import { test as base, expect, follow } from '#tests/support/journey.ts'
import { seriousInAllLooks } from '#tests/support/looks.ts'
import { bringSample } from '#tests/support/personas.ts'

/** On a server that tells a collector on loopback what it measures. */
const test = base.extend<{ collector: Collector }>({
  // Playwright reads the dependencies of a fixture from the pattern, so an empty one has to stand here.
  // biome-ignore lint/correctness/noEmptyPattern: see above
  collector: async ({}, use) => {
    const collector = await startCollector()
    await use(collector)
    collector.stop()
  },
  serverVariables: async ({ collector }, use) => use({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url }),
})

const cellRow = (page: Page, cellId: string) =>
  page.getByRole('table', { name: 'Cells', exact: true }).getByRole('row').filter({ hasText: cellId })

const chosen = (page: Page) => page.getByRole('region', { name: 'Chosen store' })

const lookAtPlan = async (page: Page) => {
  await page.getByRole('button', { name: 'See what would move' }).click()
  await expect(page.getByRole('table', { name: 'Before and after' })).toBeVisible()
}

const startPlan = async (page: Page) => {
  await page.getByRole('button', { name: /^Start \d+ moves?$/ }).click()
  await page.waitForURL(/\/shards\/moves/)
}

test('[RM1] [RM3] [RM5] [RM8] [RM9] [RM11] [RM12] [RM13] [RM14] [RM15] [HE36] where stores stand is seen, a persona is moved and watched, a cell is emptied, and one that holds anything stays; what the page waited for is told to a collector', async ({
  device,
  server,
  collector,
}) => {
  test.slow() // six views, each judged three times
  const page = await (await device()).open()
  const personaId = await bringSample(page)
  const storeId = `persona_${personaId}`

  // The overview: cells, the ring, and how the personas lie over them.
  await follow(page, '/shards')
  await expect(cellRow(page, 'c1')).toContainText('takes stores')
  await expect(page.getByRole('region', { name: /^Personas, memories and conversations/ })).toBeVisible()
  await page.getByRole('slider', { name: 'Stores on the ring' }).focus()
  await expect(page.getByRole('slider', { name: 'Stores on the ring' })).toHaveAttribute(
    'aria-valuetext',
    /in c\d, at [\d.]+% of the ring$/,
  )
  await page.keyboard.press('Enter')
  await expect(chosen(page)).toBeVisible()
  expect(await seriousInAllLooks(page)).toEqual([])

  // A persona goes to another cell: planned, started, watched.
  await follow(page, `/shards?chosen=${storeId}`)
  const from = (await chosen(page).textContent())?.match(/(c\d) (?:by|pinned)/)?.[1] ?? ''
  const to = from === 'c1' ? 'c2' : 'c1'
  await chosen(page).getByRole('link', { name: 'Move it…' }).click()
  await page.getByRole('combobox', { name: 'To', exact: true }).click()
  await page.getByRole('option', { name: to }).click()
  await expect(page).toHaveURL(new RegExp(`to=${to}`))
  await lookAtPlan(page)
  expect(await seriousInAllLooks(page)).toEqual([])
  await startPlan(page)
  const past = page.getByRole('table', { name: 'Past moves' })
  await expect(past.getByRole('row')).toContainText('Moved; the old copy goes after a day')
  await expect(past.getByRole('row')).toContainText(/[\d,]+ ms/)
  expect(await seriousInAllLooks(page)).toEqual([])
  await follow(page, `/shards?chosen=${storeId}`)
  await expect(chosen(page)).toContainText(new RegExp(`${to} .*epoch 2`))

  // What holds anything is not removed; it is emptied.
  await page.getByRole('button', { name: `Act on ${to}` }).click()
  await page.getByRole('menuitem', { name: 'Remove it…' }).click()
  await page.getByRole('button', { name: 'Remove it', exact: true }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'cell' })).toBeVisible()
  await expect(cellRow(page, to)).toContainText('takes stores')
  await page.getByRole('button', { name: `Act on ${to}` }).click()
  await page.getByRole('menuitem', { name: 'Empty it…' }).click()
  await lookAtPlan(page)
  await startPlan(page)
  await follow(page, '/shards')
  await expect(cellRow(page, to)).toContainText('draining')
  await expect(cellRow(page, to).getByRole('cell').nth(2)).toHaveText('0')

  // Health, and when somebody is told.
  await follow(page, '/shards/health')
  await expect(page.getByRole('region', { name: 'Health of c1' })).toBeVisible()
  await page.getByRole('button', { name: 'New rule' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('A cell is slow')
  await page.getByRole('button', { name: 'Keep' }).click()
  await expect(page.getByRole('table', { name: 'Alert rules' })).toContainText('A cell is slow')
  expect(await seriousInAllLooks(page)).toEqual([])

  // The dashboard leads here, and the old address of what is in a store leads to it.
  await follow(page, '/dashboard')
  await expect(page.getByRole('link', { name: /store.? on this device/ })).toBeVisible()
  expect(await seriousInAllLooks(page)).toEqual([])
  await page.getByRole('region', { name: 'How it stands' }).getByRole('link', { name: 'Shards', exact: true }).click()
  await expect(cellRow(page, to)).toBeVisible()
  await follow(page, `/shards?store=${storeId}&table=memories`)
  await expect(page).toHaveURL(/\/shards\/explore\?/)
  await expect(page.getByText(/as of event \d/)).toBeVisible()

  // A page that is left tells what was waited for in it, in numbers and words of ours.
  await page.goto('/shards')
  await expect
    .poll(() => collector.spansOf('pjai-app').map(({ name }) => name))
    .toEqual(expect.arrayContaining(['start', 'store opened', 'persona shown', 'saved']))
  for (const span of collector.spansOf('pjai-app')) decodeAppSpan(span)
  expect(collector.spansOf('pjai-app').filter(({ name }) => name === 'start')).toHaveLength(1)
  const workspaceId = await page.evaluate(() => localStorage.getItem('pjai.workspaceId') ?? '')
  for (const { body } of collector.received) for (const id of [personaId, workspaceId]) expect(body).not.toContain(id)

  // A server that falls silent leaves what it told.
  await expect(cellRow(page, to)).toBeVisible()
  await server.kill()
  await expect(page.getByText('Shown as it was last told')).toBeVisible()
  await expect(cellRow(page, to)).toBeVisible()
})
