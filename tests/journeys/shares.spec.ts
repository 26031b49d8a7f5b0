import type { Page } from '@playwright/test'
import { expect, test } from '#tests/support/journey.ts'

const rail = (page: Page) => page.getByRole('navigation', { name: 'Personas and rooms' })
const composer = (page: Page) => page.getByRole('textbox', { name: 'Message Ada' })
const row = (page: Page, text: string) => page.getByRole('option').filter({ hasText: text })
const synced = (page: Page) => expect(page.getByText('saved everywhere')).toBeVisible({ timeout: 40_000 })

const makePersona = async (page: Page, name: string) => {
  await expect(page.getByRole('button', { name: 'Find anything' })).toBeVisible({ timeout: 60_000 })
  await page.keyboard.press('p')
  await page.getByRole('button', { name: /Tutor/ }).click()
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name)
  await page.getByRole('button', { name: 'Create persona' }).click()
  await page.waitForURL(/\/p\/.*\/chats/)
}

const toRoom = async (page: Page, room: string) => {
  await page.goto(page.url().replace(/\/p\/(\w+).*/, `/p/$1/${room}`))
}

const addMemory = async (page: Page, text: string) => {
  await toRoom(page, 'memories?memory=new')
  const field = page.getByRole('textbox', { name: 'What to remember' })
  await field.fill(text)
  await field.press('Control+Enter')
  await expect(row(page, text)).toBeVisible()
}

/** Ada, made by her owner, and a link to her. */
const shareAda = async (owner: Page, role: string) => {
  await toRoom(owner, 'sharing')
  await owner.getByRole('radio', { name: role }).click()
  await owner.getByRole('textbox', { name: 'For whom' }).fill('Boris')
  await owner.getByRole('button', { name: 'Create link' }).click()
  const field = owner.getByLabel('Link to send')
  await expect(field).toHaveValue(/\/share#\w{26}\.[\w-]{43}$/)
  return field.inputValue()
}

const receive = async (page: Page, link: string) => {
  await page.goto(link)
  await page.getByRole('button', { name: 'Add to my personas' }).click()
  await page.waitForURL(/\/p\/.*\/chats/)
}

test('[SR3] a second person reads what is shared, writes when allowed to, and hears nothing more when it is revoked', async ({
  device,
}) => {
  const owner = await (await device()).open()
  await makePersona(owner, 'Ada')
  await addMemory(owner, 'Ada likes tea.')
  await synced(owner)
  const link = await shareAda(owner, 'Viewer')

  const guest = await (await device()).open()
  await makePersona(guest, 'Mine')
  await receive(guest, link)
  expect(guest.url()).not.toContain('#')
  await expect(rail(guest).getByRole('link', { name: /Ada.*shared with you · viewer/ })).toBeVisible()
  await expect(guest.getByText('You can read Ada')).toBeVisible({ timeout: 30_000 })
  await expect(composer(guest)).toHaveCount(0)
  await toRoom(guest, 'memories')
  await expect(row(guest, 'Ada likes tea.')).toBeVisible({ timeout: 30_000 })
  await expect(guest.getByRole('button', { name: 'Add memory' })).toHaveCount(0)

  await owner.getByRole('combobox', { name: 'What Boris may do' }).click()
  await owner.getByRole('option', { name: 'Editor' }).click()
  await expect(guest.getByRole('button', { name: 'Add memory' })).toBeVisible({ timeout: 30_000 })
  await addMemory(guest, 'Ada likes jam.')
  await toRoom(owner, 'memories')
  await expect(row(owner, 'Ada likes jam.')).toBeVisible({ timeout: 30_000 })

  await toRoom(owner, 'sharing')
  await expect(owner.getByText('opened by 1 person')).toBeVisible()
  await owner.getByRole('button', { name: 'Revoke Boris' }).click()
  await owner.getByRole('button', { name: 'Revoke it now' }).click()
  await expect(owner.getByText('Boris is revoked')).toBeVisible()
  await expect(guest.getByText('Ada is no longer shared with you')).toBeVisible({ timeout: 30_000 })
  await expect(guest.getByText('This share was revoked.')).toBeVisible()
  await addMemory(owner, 'Ada has a secret.')
  await synced(owner)
  await guest.reload()
  await expect(guest.getByText('Ada is no longer shared with you')).toBeVisible({ timeout: 30_000 })
  await expect(guest.getByText('Ada has a secret.')).toHaveCount(0)
  await guest.getByRole('button', { name: 'Remove from this device' }).click()
  await guest.getByRole('button', { name: 'Remove it for good' }).click()
  await expect(rail(guest).getByRole('link', { name: /Ada/ })).toHaveCount(0)
})
