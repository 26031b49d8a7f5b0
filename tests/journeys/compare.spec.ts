import type { Page } from '@playwright/test'
import { expect, follow, test } from '#tests/support/journey.ts'
import { seriousInAllLooks } from '#tests/support/looks.ts'
import { bringSample } from '#tests/support/personas.ts'

const table = (page: Page) => page.getByRole('table', { name: 'By table' })
const things = (page: Page) => page.getByRole('list', { name: 'By thing' }).getByRole('listitem')
const said = (page: Page) => page.getByRole('main').getByRole('status')

test('[WI1] [WI2] two moments are compared by table and by thing, by number or by time, and the address says which', async ({
  device,
}) => {
  test.setTimeout(240_000)
  const page = await (await device()).open()
  const personaId = await bringSample(page)
  await follow(page, `/p/${personaId}/memories`)
  await page.getByRole('option').first().click()
  await page.getByRole('button', { name: /^Edit/ }).click()
  await page.getByRole('textbox', { name: 'What to remember' }).fill('Writes the first line last')
  await page.getByRole('textbox', { name: 'What to remember' }).press('Control+Enter')
  await expect(page.getByText('Writes the first line last').first()).toBeVisible()

  await follow(page, `/p/${personaId}/compare?from=0`)
  await expect(said(page)).toHaveText(/^[\d,]+ rows were added, 0 changed, 0 removed\.$/, { timeout: 60_000 })
  await expect(table(page).getByRole('row', { name: /^memories / })).toBeVisible()
  const head = Number(await page.getByRole('group', { name: 'To' }).getByLabel('Event').inputValue())

  await page
    .getByRole('group', { name: 'From' })
    .getByLabel('Event')
    .fill(String(head - 1))
  await expect(page).toHaveURL(new RegExp(`from=${head - 1}`))
  await expect(things(page)).toHaveCount(1)
  await expect(things(page)).toContainText('Writes the first line last')
  await things(page).getByText('Writes the first line last').first().click()
  await expect(things(page).locator('ins').filter({ hasText: 'Writes' }).first()).toBeVisible()
  expect(await seriousInAllLooks(page)).toEqual([])
  await page.reload()
  await expect(things(page)).toHaveCount(1)
  await things(page).getByText('Writes the first line last').first().click()
  await things(page).getByRole('link', { name: 'Open the memory' }).click()
  await expect(page).toHaveURL(/memories\?memory=/)

  await page.goto(`/p/${personaId}/compare?from=0&to=${head}`)
  await page.getByRole('group', { name: 'To' }).getByLabel('Time').fill('2000-01-01T00:00')
  await expect(page).toHaveURL(/to=0/)
  await expect(said(page)).toHaveText('Nothing changed between the two.')
})

test('[WI6] two worlds stand side by side: without some events, or under another policy, and nothing of it is written', async ({
  device,
}) => {
  test.setTimeout(240_000)
  const page = await (await device()).open()
  const personaId = await bringSample(page)
  await follow(page, `/p/${personaId}/compare`)
  await page.getByText('What if', { exact: true }).click()
  await expect(page.getByText('Nothing is otherwise yet')).toBeVisible()
  const head = Number(await page.getByRole('group', { name: 'As of' }).getByLabel('Event').inputValue())

  await page.getByRole('combobox', { name: 'Without all that are' }).click()
  await page.getByRole('option', { name: /^v1\.MemoryAdded/ }).click()
  await page.keyboard.press('Escape')
  await expect(said(page)).toHaveText(/^0 rows are only in the other world, .* \d+ events are left out\.$/)
  const memories = table(page).getByRole('row', { name: /^memories / })
  const [, , , missing = '', asIs = '', there = ''] = await memories.getByRole('cell').allInnerTexts()
  expect(Number(asIs) - Number(missing)).toBe(Number(there))
  await expect(things(page).filter({ hasText: 'Only as is' }).first()).toBeVisible()
  expect(await seriousInAllLooks(page)).toEqual([])

  await page.goto(`/p/${personaId}/compare?what=if&days=1&above=1`)
  await expect(said(page)).toHaveText(
    /^0 rows are only in the other world, \d+ are otherwise there, 0 are missing there\.$/,
    {
      timeout: 60_000,
    },
  )
  await expect(things(page).first()).toContainText('Otherwise')
  await page.goto(`/p/${personaId}/compare?what=if&without=1-3&factor=0.5`)
  await expect(said(page)).toHaveText(/3 events are left out\.$/, { timeout: 60_000 })
  await page.goto(`/p/${personaId}/compare?from=0&to=${head + 1}`)
  await expect(page.getByRole('group', { name: 'To' }).getByLabel('Event')).toHaveValue(String(head))
})
