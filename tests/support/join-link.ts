import { expect, type Page } from '@playwright/test'

/** A link that opens the page's workspace on one other device, as its settings show it. */
export const joinLink = async (page: Page): Promise<string> => {
  await page.goto(new URL('/settings', page.url()).href)
  await page.getByRole('button', { name: 'Show' }).click()
  const field = page.getByLabel('Link to this workspace')
  await expect(field).toHaveValue(/#\w{26}\.[\w-]{43}\.\w{26}$/)
  return field.inputValue()
}
