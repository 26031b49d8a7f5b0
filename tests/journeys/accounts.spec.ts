import { joinLink } from '#tests/support/join-link.ts'
import { expect, test } from '#tests/support/journey.ts'
import { makePersona, rail } from '#tests/support/personas.ts'

test('[AC15] a device that another signs out is told, gets nothing new, keeps what it has, and joins again by a new link', async ({
  device,
}) => {
  const laptop = await (await device()).open()
  await makePersona(laptop, 'Ada')
  const phone = await (await device()).open(await joinLink(laptop))
  await expect(rail(phone).getByRole('link', { name: 'Ada' })).toBeVisible({ timeout: 30_000 })
  await expect(phone.getByText('saved everywhere')).toBeVisible({ timeout: 40_000 })

  await laptop.goto('/settings')
  await laptop.getByRole('button', { name: /^Sign out / }).click()
  await laptop.getByRole('button', { name: 'Sign it out' }).click()
  await expect(laptop.getByText('is signed out')).toBeVisible()
  await expect(laptop.getByRole('button', { name: /^Sign out / })).toHaveCount(0)
  await expect(phone.getByRole('status').filter({ hasText: 'refused' })).toBeVisible({ timeout: 40_000 })
  await expect(phone.getByTitle(/no right/)).toBeVisible()

  await makePersona(laptop, 'Boris')
  await expect(laptop.getByText('saved everywhere')).toBeVisible({ timeout: 40_000 })
  await phone.reload()
  await expect(rail(phone).getByRole('link', { name: 'Ada' })).toBeVisible({ timeout: 30_000 })
  await expect(phone.getByRole('status').filter({ hasText: 'refused' })).toBeVisible({ timeout: 40_000 })
  await expect(rail(phone).getByRole('link', { name: 'Boris' })).toHaveCount(0)

  await phone.goto(await joinLink(laptop))
  await phone.getByRole('button', { name: 'Join again' }).click()
  await expect(rail(phone).getByRole('link', { name: 'Boris' })).toBeVisible({ timeout: 30_000 })
})

test('[AC16] a link that was used is refused with a sentence', async ({ device }) => {
  const laptop = await (await device()).open()
  await makePersona(laptop, 'Ada')
  const link = await joinLink(laptop)
  const phone = await (await device()).open(link)
  await expect(rail(phone).getByRole('link', { name: 'Ada' })).toBeVisible({ timeout: 30_000 })

  const stranger = await (await device()).open(link)
  await expect(stranger.getByText('This code was used already.')).toBeVisible({ timeout: 30_000 })
  await stranger.getByRole('link', { name: 'Go home' }).click()
  await expect(rail(stranger).getByRole('link', { name: 'Ada' })).toHaveCount(0)
})
