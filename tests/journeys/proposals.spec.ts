import { AxeBuilder } from '@axe-core/playwright'
import { expect, follow, test } from '#tests/support/journey.ts'
import { makePersona } from '#tests/support/personas.ts'

test('[PP7] [PP8] what is said in a chat is offered as memories when it is left, kept, left, and taken back', async ({
  device,
}) => {
  const page = await (await device()).open()
  await makePersona(page, 'Ada')
  const composer = page.getByRole('textbox', { name: 'Message Ada' })
  await composer.fill('My sister is called Mona. I really like plum jam. What is the time?')
  await composer.press('Enter')
  await expect(page.getByText(/no model connected/)).toBeVisible()
  await follow(page, page.url().replace(/\/chats.*/, '/chats'))
  await page.getByRole('link', { name: /My sister/ }).click()
  await page.getByRole('link', { name: 'Memories' }).click()
  await page.getByRole('link', { name: '2 things to remember?' }).click()

  const fields = page.getByRole('textbox', { name: 'What to remember' })
  await expect(fields).toHaveCount(2)
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([])
  const jam = page.getByRole('listitem').filter({ hasText: 'You said what you like.' })
  await jam.getByRole('textbox').fill('')
  await jam.getByRole('button', { name: 'Keep' }).click()
  await expect(jam.getByText('A memory needs some text.')).toBeVisible()
  await jam.getByRole('textbox').fill('Likes plum jam.')
  await jam.getByRole('button', { name: 'Keep' }).click()
  await expect(fields).toHaveCount(1)
  await page.getByRole('button', { name: 'Leave it' }).click()
  await expect(page.getByText('Nothing waits to be remembered')).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(fields).toHaveCount(1)
  await page.getByRole('link', { name: /My sister/ }).click()
  await expect(page.locator('[data-highlighted]')).toContainText('Mona')

  await page.getByRole('link', { name: 'Memories' }).click()
  await page.getByRole('option', { name: /Likes plum jam/ }).click()
  await expect(page.getByRole('heading', { name: 'Learnt from' })).toBeVisible()
})
