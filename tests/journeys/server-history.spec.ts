import { expect, type Page } from '@playwright/test'
import { test } from '#tests/support/journey.ts'
import { addMemory, makePersona } from '#tests/support/personas.ts'

test('[PF24] a server that was set back is an alert in the badge and in Shards, and what it lost is offered to it again', async ({
  server,
  device,
}) => {
  test.setTimeout(480_000) // a look takes its time on purpose: ten seconds without news
  const here = await device()
  const page = await here.open()
  await makePersona(page, 'Ada')
  await page.goto(page.url().replace(/chats.*/, 'memories'))
  await addMemory(page, 'Drinks tea')
  const shards = await here.open('/shards/explore')
  await expect(shards.getByRole('table', { name: 'Verified histories' })).toContainText('Ada', { timeout: 90_000 })
  const before = await verifiedUpTo(shards)
  await expect(shards.getByText('The server signs with')).toBeVisible()

  await server.kill()
  await server.keepCopy()
  await server.restart()
  for (const content of ['Plays chess', 'Walks at noon', 'Reads late']) await addMemory(page, content)
  await page.reload() // a page that has not looked yet does not wait a minute
  await expect.poll(() => verifiedUpTo(shards), { timeout: 150_000 }).toBeGreaterThan(before)

  await server.kill()
  await server.restartFromCopy()
  await page.reload()
  await expect(page.getByRole('status').filter({ hasText: 'history altered' })).toBeVisible({ timeout: 90_000 })
  const alert = shards.getByRole('alert').filter({ hasText: 'The server’s history of Ada failed verification' })
  await expect(alert).toContainText(/The log ends with event \d+, and this device saw it up to event \d+\./)
  const download = shards.waitForEvent('download')
  await alert.getByRole('button', { name: 'Save my log as a file' }).click()
  expect((await download).suggestedFilename()).toMatch(/^log-persona_\w+\.json$/)
  await alert.getByRole('button', { name: 'Fetch again, offer mine' }).click()
  await expect(shards.getByText(/^Ada is fetched again, and \d+ events were offered\.$/)).toBeVisible()
  await expect(alert).toHaveCount(0)
  await page.reload()
  await expect(page.getByText('Reads late').first()).toBeVisible({ timeout: 60_000 })
})

const verifiedUpTo = async (shards: Page) => {
  const row = shards.getByRole('table', { name: 'Verified histories' }).getByRole('row').filter({ hasText: 'Ada' })
  return Number(/event ([\d,]+)/.exec(await row.getByRole('cell').nth(1).innerText())?.[1]?.replace(',', ''))
}
