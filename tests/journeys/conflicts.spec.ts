import type { Page } from '@playwright/test'
import { joinLink } from '#tests/support/join-link.ts'
import { expect, follow, test, untilInstalled } from '#tests/support/journey.ts'
import { seriousNow } from '#tests/support/looks.ts'

const versions = (page: Page) => page.getByRole('region', { name: 'Two versions' })

const expectBoth = async (page: Page, texts: readonly string[]) => {
  for (const text of texts) await expect(versions(page).getByRole('article').filter({ hasText: text })).toBeVisible()
}

const expectNothingSerious = async (page: Page) => {
  await page.mouse.move(0, 0)
  await expect(page.getByRole('tooltip')).toHaveCount(0)
  expect(await seriousNow(page)).toEqual([])
}

test('[CF9] a memory edited on two devices without a network shows both texts on both, and the choice on both', async ({
  device,
  server,
}) => {
  const room = '/p/conflictjourney/memories'
  const text = (page: Page) => page.getByRole('textbox', { name: 'What to remember' })
  const revise = async (page: Page, words: string) => {
    await page.getByRole('button', { name: 'Edit (E)' }).click()
    await text(page).fill(words)
    await text(page).press('Control+Enter')
    await expect(page.getByText(words).first()).toBeVisible()
  }
  const laptop = await (await device()).open(room)
  await laptop.getByRole('button', { name: 'Add memory' }).first().click()
  await text(laptop).fill('Ada drinks tea')
  await text(laptop).press('Control+Enter')
  await expect(laptop.getByRole('option')).toContainText('Ada drinks tea')
  await expect(laptop).toHaveURL(/memory=\w{26}/) // which follows what is shown
  const memory = laptop.url()
  const phone = await (await device({ phone: true })).open(await joinLink(laptop))
  await expect(phone.getByText('saved everywhere')).toBeAttached()
  for (const page of [laptop, phone]) {
    await follow(page, memory)
    await expect(page.getByText('Ada drinks tea').first()).toBeVisible()
  }

  for (const page of [laptop, phone]) await untilInstalled(page)
  await server.kill()
  await revise(laptop, 'Ada drinks green tea')
  await revise(phone, 'Ada drinks black tea with milk')
  await server.restart()
  const both = ['Ada drinks green tea', 'Ada drinks black tea with milk']
  for (const page of [laptop, phone]) await expectBoth(page, both)
  await expect(versions(laptop).locator('mark').filter({ hasText: 'green' })).toBeVisible()
  await expect(laptop.getByRole('button', { name: '1 with two versions' })).toBeVisible()
  for (const page of [laptop, phone]) await expectNothingSerious(page)

  await versions(phone)
    .getByRole('button', { name: /^Keep this one: You, on this device/ })
    .press('Enter')
  await expect(phone.getByRole('alert').filter({ hasText: 'One version again' })).toBeVisible()
  for (const page of [laptop, phone]) {
    await expect(versions(page)).toBeHidden()
    await expect(page.getByText('Ada drinks black tea with milk').first()).toBeVisible()
  }

  await phone.keyboard.press('Control+z') // the toast that offers it may be gone by now
  for (const page of [laptop, phone]) await expectBoth(page, both)
  await versions(laptop).getByRole('button', { name: 'Write both together' }).click()
  await laptop.getByLabel('Both together').fill('Ada drinks green tea, and black tea with milk')
  await laptop.getByLabel('Both together').press('Control+Enter')
  for (const page of [laptop, phone]) {
    await expect(versions(page)).toBeHidden()
    await expect(page.getByText('Ada drinks green tea, and black tea with milk').first()).toBeVisible()
  }
  await expect(laptop.getByRole('button', { name: /with two versions/ })).toHaveCount(0)
})

test('[CF10] a message edited on two devices without a network shows both texts, and its conversation says so', async ({
  device,
  server,
}) => {
  const said = (page: Page) => page.locator('article[data-role="user"]')
  const edit = async (page: Page, words: string) => {
    await said(page).hover()
    await said(page).getByRole('button', { name: 'Edit' }).click()
    await page.getByRole('textbox', { name: 'Message', exact: true }).fill(words)
    await page.keyboard.press('Control+Enter')
    await expect(said(page)).toContainText(words)
  }
  const laptop = await (await device()).open('/p/conflictjourney/chats/new')
  const field = laptop.getByRole('textbox', { name: /^Message / })
  await expect(field).toBeVisible()
  await field.fill('The boat sails')
  await field.press('Enter')
  await expect(laptop.locator('article[data-role="assistant"]:not([aria-busy])')).toBeVisible()
  await expect(laptop).not.toHaveURL(/new$/)
  const talk = laptop.url()
  const other = await (await device()).open(await joinLink(laptop))
  await expect(other.getByText('saved everywhere')).toBeAttached()
  for (const page of [laptop, other]) {
    await follow(page, talk)
    await expect(said(page)).toContainText('The boat sails')
  }

  for (const page of [laptop, other]) await untilInstalled(page)
  await server.kill()
  await edit(laptop, 'The red boat sails')
  await edit(other, 'The blue boat sails')
  await server.restart()
  for (const page of [laptop, other]) {
    await expectBoth(page, ['The red boat sails', 'The blue boat sails'])
    await expect(page.getByText('One message has two versions.')).toBeVisible()
  }
  await expectNothingSerious(laptop)
  await laptop.getByRole('button', { name: 'Show it' }).click()
  await versions(laptop).getByRole('button', { name: 'Write both together' }).click()
  await laptop.getByRole('textbox', { name: 'Message', exact: true }).fill('The red and the blue boat sail')
  await laptop.keyboard.press('Control+Enter')
  for (const page of [laptop, other]) {
    await expect(said(page)).toContainText('The red and the blue boat sail')
    await expect(versions(page)).toBeHidden()
    await expect(page.getByText('One message has two versions.')).toBeHidden()
  }
})
