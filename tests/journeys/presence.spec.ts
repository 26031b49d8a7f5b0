import { joinLink } from '#tests/support/join-link.ts'
import { expect, follow, test } from '#tests/support/journey.ts'
import { seriousNow } from '#tests/support/looks.ts'

test('[PR11] another device that has the persona open is named in its header, and marked at what it has open', async ({
  device,
  server,
}) => {
  const laptop = await (await device()).open('/p/presencejourney/memories')
  for (const content of ['Ada drinks tea', 'Ada plays the violin']) {
    await laptop.getByRole('button', { name: 'Add memory' }).first().click()
    await laptop.getByRole('textbox', { name: 'What to remember' }).fill(content)
    await laptop.getByRole('textbox', { name: 'What to remember' }).press('Control+Enter')
    await expect(laptop.getByRole('option').filter({ hasText: content })).toBeVisible()
  }
  await expect(laptop).toHaveURL(/memory=\w{26}/) // which follows what is shown
  const violin = laptop.url()
  const phoneDevice = await device({ phone: true })
  const phone = await phoneDevice.open(await joinLink(laptop))
  await expect(phone.getByText('saved everywhere')).toBeAttached()
  await follow(laptop, '/p/presencejourney/memories')
  const here = laptop.getByRole('button', { name: 'Also here: 1' })
  await expect(here).toHaveCount(0)

  await follow(phone, violin)
  await expect(phone.getByText('Ada plays the violin').first()).toBeVisible()
  await expect(here).toBeVisible()
  await expect(laptop.getByText('Also here: You, on Chrome on Linux')).toBeAttached()
  const mark = laptop.getByRole('img', { name: 'Also here: You, on Chrome on Linux' })
  await expect(mark).toHaveCount(1)
  await expect(laptop.getByRole('option').filter({ has: mark })).toContainText('violin')
  await here.click()
  await expect(laptop.getByRole('dialog', { name: 'Also here' })).toContainText('Reading “Ada plays the violin”')
  expect(await seriousNow(laptop)).toEqual([])
  await laptop.keyboard.press('Escape')
  await expect(here).toBeFocused()
  await expect(phone.getByRole('button', { name: 'Also here: 1' })).toBeVisible()

  await follow(phone, '/p/presencejourney/chats')
  await expect(mark).toHaveCount(0)
  await expect(here).toBeVisible()
  await server.kill()
  await expect(here).toHaveCount(0)
  await server.restart()
  await expect(here).toBeVisible()
  await phoneDevice.close()
  await expect(here).toHaveCount(0)
})
