import { expect, type Page } from '@playwright/test'
import { follow } from './journey.ts'
import type { ModelServer } from './model-server.ts'

/** Adds the account as a person does, until its models are known. */
export const withAccount = async (page: Page, { baseUrl }: Pick<ModelServer, 'baseUrl'>, key = '') => {
  await follow(page, '/settings')
  await page.getByRole('button', { name: 'Add an account' }).click()
  const form = page.getByRole('region', { name: 'Models' })
  await form.getByRole('textbox', { name: 'Name' }).fill('Test server')
  await form.getByRole('textbox', { name: 'Address' }).fill(baseUrl)
  await form.getByLabel('Key', { exact: true }).fill(key)
  await page.getByRole('button', { name: 'Add account', exact: true }).click()
  await expect(page.getByText('Test server is added')).toBeVisible()
  await expect(form.getByText(/^[1-9]\d* models?$/)).toBeVisible()
}
