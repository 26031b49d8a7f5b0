import { expect, type Page } from '@playwright/test'
import { follow } from './journey.ts'

/** A link that opens the page's workspace on one other device, as its settings show it. */
export const joinLink = async (page: Page): Promise<string> => {
  await follow(page, '/settings')
  await page.getByRole('button', { name: 'Show' }).click()
  const field = page.getByLabel('Link to this workspace')
  await expect(field).toHaveValue(/#\w{26}\.[\w-]{43}\.\w{26}$/)
  const link = await field.inputValue()
  await page.getByRole('button', { name: 'Hide' }).click() // the next one is another
  return link
}
