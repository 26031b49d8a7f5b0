import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { joinLink } from '#tests/support/join-link.ts'
import { expect, test } from '#tests/support/journey.ts'
import { makePersona, rail } from '#tests/support/personas.ts'
import { remainsOf } from '#tests/support/remains.ts'

const savedEverywhere = (page: Page) => expect(page.getByText('saved everywhere')).toBeVisible({ timeout: 40_000 })
const memoryRow = (page: Page, text: string) => page.getByRole('option').filter({ hasText: text })

const roomOf = (page: Page) => page.url().replace(/\/chats.*/, '')

const remember = async (page: Page, room: string, content: string) => {
  await page.goto(`${room}/memories`)
  await page.getByRole('button', { name: 'Add memory' }).first().click({ timeout: 45_000 })
  await page.getByRole('textbox', { name: 'What to remember' }).fill(content)
  await page.getByRole('textbox', { name: 'What to remember' }).press('Control+Enter')
  await expect(memoryRow(page, content)).toBeVisible()
}

const eraseForGood = async (page: Page) => {
  await page.getByRole('dialog').getByRole('button', { name: 'Erase for good' }).click()
}

test('[ER11] an erased memory is gone from every device, and the certificate says so', async ({ device }) => {
  const laptop = await (await device()).open()
  await makePersona(laptop, 'Ada')
  const room = roomOf(laptop)
  await remember(laptop, room, 'Hides the key under the blue pot')
  await remember(laptop, room, 'Likes tea')
  await savedEverywhere(laptop)
  const phone = await (await device()).open(await joinLink(laptop))
  await phone.waitForURL((url) => url.pathname !== '/join')
  await phone.goto(`${room}/memories`)
  await expect(memoryRow(phone, 'blue pot')).toBeVisible({ timeout: 60_000 })
  await savedEverywhere(phone)
  expect((await remainsOf(phone, 'blue pot')).length).toBeGreaterThan(0)

  await laptop.goto(`${room}/memories`)
  await memoryRow(laptop, 'blue pot').click()
  await laptop.getByRole('button', { name: /^Forget \(/ }).click()
  await laptop.goto(`${room}/memories?show=forgotten`)
  await memoryRow(laptop, 'blue pot').click()
  await laptop.getByRole('button', { name: 'Erase for good…' }).click()
  await eraseForGood(laptop)
  await expect(memoryRow(laptop, 'blue pot')).toHaveCount(0)

  for (const page of [laptop, phone])
    await expect.poll(() => remainsOf(page, 'blue pot'), { timeout: 60_000 }).toEqual([])
  await phone.goto(`${room}/memories`)
  await expect(memoryRow(phone, 'Likes tea')).toBeVisible({ timeout: 60_000 })
  await expect(memoryRow(phone, 'blue pot')).toHaveCount(0)

  await phone.goto(room)
  const download = phone.waitForEvent('download')
  await phone.getByRole('button', { name: 'Certificate' }).click({ timeout: 30_000 })
  const [certificate] = JSON.parse(await readFile(await (await download).path(), 'utf8'))
  expect(JSON.parse(certificate.statement)).toMatchObject({ certificate: 'pjai erasure 1', destroyed: [{}] })
  await savedEverywhere(phone)
  await remember(phone, room, 'Goes on as before')
})

test('[ER12] an erased persona is gone from every device, name and all', async ({ device }) => {
  const laptop = await (await device()).open()
  await makePersona(laptop, 'Quentin')
  await makePersona(laptop, 'Xanthippe')
  const room = roomOf(laptop)
  await remember(laptop, room, 'Hides the key under the blue pot')
  await savedEverywhere(laptop)
  const phone = await (await device()).open(await joinLink(laptop))
  await expect(rail(phone).getByRole('link', { name: 'Xanthippe' })).toBeVisible({ timeout: 60_000 })
  await phone.goto(`${room}/memories`)
  await expect(memoryRow(phone, 'blue pot')).toBeVisible({ timeout: 60_000 })
  await phone.goto('/')

  await laptop.goto(room)
  const menu = () => laptop.getByRole('button', { name: 'Actions for Xanthippe' }).click({ timeout: 30_000 })
  await menu()
  await laptop.getByRole('menuitem', { name: 'Archive' }).click()
  await expect(laptop.getByText('Archived', { exact: true })).toBeVisible()
  await menu()
  await laptop.getByRole('menuitem', { name: 'Erase for good…' }).click()
  await eraseForGood(laptop)
  await laptop.waitForURL(/\/personas/)

  for (const page of [laptop, phone]) {
    await expect(rail(page).getByRole('link', { name: 'Xanthippe' })).toHaveCount(0, { timeout: 30_000 })
    for (const text of ['blue pot', 'Xanthippe'])
      await expect.poll(() => remainsOf(page, text), { timeout: 60_000 }).toEqual([])
  }
  await phone.goto(`${room}/memories`)
  await expect(phone.getByText('was erased')).toBeVisible({ timeout: 30_000 })
  await phone.goto('/settings')
  await expect(phone.getByRole('button', { name: 'Certificate' })).toBeVisible({ timeout: 30_000 })
})

test('[ER13] everything erased leaves nothing in this browser, and another device is told', async ({ device }) => {
  const laptop = await (await device()).open()
  await makePersona(laptop, 'Xanthippe')
  const room = roomOf(laptop)
  await remember(laptop, room, 'Hides the key under the blue pot')
  await savedEverywhere(laptop)
  const phone = await (await device()).open(await joinLink(laptop))
  await expect(rail(phone).getByRole('link', { name: 'Xanthippe' })).toBeVisible({ timeout: 60_000 })

  await laptop.goto('/settings')
  await laptop.getByRole('button', { name: 'Erase everything…' }).click({ timeout: 30_000 })
  const dialog = laptop.getByRole('dialog')
  await expect(dialog.getByRole('button', { name: 'Erase everything' })).toBeDisabled()
  await dialog.getByLabel('Type “erase” if you mean it').fill('erase')
  await dialog.getByRole('button', { name: 'Erase everything' }).click()
  await expect(laptop.getByText('Everything is erased')).toBeVisible({ timeout: 60_000 })
  for (const text of ['blue pot', 'Xanthippe']) expect(await remainsOf(laptop, text)).toEqual([])
  const download = laptop.waitForEvent('download')
  await laptop.getByRole('button', { name: 'Save the certificates' }).click()
  const certificates = JSON.parse(await readFile(await (await download).path(), 'utf8'))
  const kinds = certificates.map((it: { statement: string }) => JSON.parse(it.statement).storeId.split('_')[0])
  expect(kinds).toEqual(expect.arrayContaining(['persona', 'workspace']))
  await laptop.getByRole('button', { name: 'Begin anew' }).click()
  await expect(laptop.getByRole('button', { name: 'Try a sample workspace' })).toBeVisible({ timeout: 60_000 })
  await expect(phone.getByRole('status').filter({ hasText: 'refused' })).toBeVisible({ timeout: 60_000 })
  await expect(phone.getByTitle(/erased/)).toBeVisible()
})
