import { expect, type Page } from '@playwright/test'
import { follow } from './journey.ts'

export const memoryRow = (page: Page, text: string) => page.getByRole('option').filter({ hasText: text })

/** Another room of the persona that the page shows. */
export const toRoom = async (page: Page, room: string) => {
  await follow(page, page.url().replace(/\/p\/(\w+).*/, `/p/$1/${room}`))
}

export const addMemory = async (page: Page, text: string) => {
  await toRoom(page, 'memories?memory=new')
  const field = page.getByRole('textbox', { name: 'What to remember' })
  await field.fill(text)
  await field.press('Control+Enter')
  await page.waitForURL((address) => address.searchParams.get('memory') !== 'new') // the room goes to what was added
  await expect(memoryRow(page, text)).toBeVisible()
}

interface Terms {
  readonly openings?: number
  readonly label?: string
  /** Of an auditor's. */
  readonly redacted?: boolean
}

/** A link to Ada, as her owner makes it. */
export const shareAda = async (
  owner: Page,
  role: string,
  { openings, label = 'Boris', redacted = false }: Terms = {},
) => {
  await toRoom(owner, 'sharing')
  await owner.getByRole('radio', { name: role }).click()
  if (redacted) await owner.getByRole('checkbox', { name: 'Redacted' }).click()
  if (openings !== undefined) await owner.getByRole('textbox', { name: 'How many' }).fill(String(openings))
  await owner.getByRole('textbox', { name: 'For whom' }).fill(label)
  await owner.getByRole('button', { name: 'Create link' }).click()
  const field = owner.getByLabel('Link to send')
  await expect(field).toHaveValue(/\/share#\w{26}\.[\w-]{43}$/)
  return field.inputValue()
}

/** Of the share for Boris. */
export const changeRole = async (owner: Page, role: string) => {
  await owner.getByRole('combobox', { name: 'What Boris may do' }).click()
  await owner.getByRole('option', { name: role }).click()
  await expect(owner.getByText('Boris is changed')).toBeVisible()
}

export const revoke = async (owner: Page) => {
  await owner.getByRole('button', { name: 'Revoke Boris' }).click()
  await owner.getByRole('button', { name: 'Revoke it now' }).click()
  await expect(owner.getByText('Boris is revoked')).toBeVisible()
}

export const receive = async (page: Page, link: string) => {
  await page.goto(link)
  await page.getByRole('button', { name: 'Add to my personas' }).click()
  await page.waitForURL(/\/p\/.*\/chats/)
}
