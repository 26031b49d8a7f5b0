import { expect, type Page } from '@playwright/test'

export const rail = (page: Page) => page.getByRole('navigation', { name: 'Personas and rooms' })

/** A persona from the first template; the page shows its chats then. */
export const makePersona = async (page: Page, name: string): Promise<void> => {
  await expect(page.getByRole('button', { name: 'Find anything' })).toBeVisible()
  await page.keyboard.press('p')
  await page.getByRole('button', { name: /Tutor/ }).click()
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name)
  await page.getByRole('button', { name: 'Create persona' }).click()
  await page.waitForURL(/\/p\/.*\/chats/)
}
