import type { Page } from '@playwright/test'
import { joinLink } from '#tests/support/join-link.ts'
import { expect, follow, test } from '#tests/support/journey.ts'
import { makePersona } from '#tests/support/personas.ts'
import { remainsOf } from '#tests/support/remains.ts'
import { findEverywhere } from '#tests/support/search-channel.ts'

const roomOf = (page: Page) => page.url().replace(/\/chats.*/, '')

const remember = async (page: Page, room: string, content: string) => {
  await follow(page, `${room}/memories`)
  await page.getByRole('button', { name: 'Add memory' }).first().click()
  await page.getByRole('textbox', { name: 'What to remember' }).fill(content)
  await page.getByRole('textbox', { name: 'What to remember' }).press('Control+Enter')
  await expect(page.getByRole('option').filter({ hasText: content })).toBeVisible()
}

test('[SF1] [SF2] [SF5] [SF6] what is said anywhere is found on every device, in every tab, and what is erased nowhere', async ({
  device,
}) => {
  const laptop = await (await device()).open()
  await makePersona(laptop, 'Ada')
  const room = roomOf(laptop)
  await remember(laptop, room, 'Hides the key under the blue pot')
  await expect(laptop.getByText('saved everywhere')).toBeVisible()
  const hits = [{ personaName: 'Ada', text: 'Hides the key under the blue pot' }]
  await expect.poll(() => findEverywhere(laptop, '"blue pot"')).toEqual(hits)

  const other = await device()
  const phone = await other.open(await joinLink(laptop))
  await phone.waitForURL((url) => url.pathname !== '/join')
  await phone.goto('/settings')
  await expect.poll(() => findEverywhere(phone, '"blue pot"')).toEqual(hits)
  const second = await other.open('/settings')
  await expect.poll(() => findEverywhere(second, 'pot')).toEqual(hits)
  await phone.close()
  await expect.poll(() => findEverywhere(second, 'pot')).toEqual(hits)

  await follow(laptop, `${room}/memories`)
  await laptop.getByRole('option').filter({ hasText: 'blue pot' }).click()
  await laptop.getByRole('button', { name: /^Forget \(/ }).click()
  await expect.poll(() => findEverywhere(laptop, 'pot')).toEqual([])
  await follow(laptop, `${room}/memories?show=forgotten`)
  await laptop.getByRole('option').filter({ hasText: 'blue pot' }).click()
  await laptop.getByRole('button', { name: 'Erase for good…' }).click()
  await laptop.getByRole('dialog').getByRole('button', { name: 'Erase for good' }).click()
  await expect.poll(() => findEverywhere(second, 'pot')).toEqual([])
  for (const page of [laptop, second]) await expect.poll(() => remainsOf(page, 'blue pot')).toEqual([])
})
