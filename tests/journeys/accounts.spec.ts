import type { Page } from '@playwright/test'
import { joinLink } from '#tests/support/join-link.ts'
import { expect, test } from '#tests/support/journey.ts'
import { makePersona, rail } from '#tests/support/personas.ts'

const told = (page: Page) => page.getByRole('status').filter({ hasText: 'refused' })

const signOutOther = async (page: Page) => {
  await page.goto('/settings') // the devices are those there were when the room was entered
  await page
    .getByRole('button', { name: /^Sign out / })
    .first()
    .click()
  await page.getByRole('button', { name: 'Sign it out' }).click()
  await expect(page.getByText('is signed out')).toBeVisible()
}

test('[AC15] [AC16] [AC26] a link that was used is refused with a sentence; a device that another signs out is told, gets nothing new, keeps what it has, and joins again by a new link; whoever stays is handed the new keys', async ({
  device,
}) => {
  const laptop = await (await device()).open()
  await makePersona(laptop, 'Ada')
  const link = await joinLink(laptop)
  const phone = await (await device()).open(link)
  await expect(rail(phone).getByRole('link', { name: 'Ada' })).toBeVisible()
  await expect(phone.getByText('saved everywhere')).toBeVisible()

  const strangers = await device()
  const stranger = await strangers.open(link)
  await expect(stranger.getByText('This code was used already.')).toBeVisible()
  await stranger.getByRole('link', { name: 'Go home' }).click()
  await expect(rail(stranger).getByRole('link', { name: 'Ada' })).toHaveCount(0)
  await strangers.close()

  await signOutOther(laptop)
  await expect(laptop.getByRole('button', { name: /^Sign out / })).toHaveCount(0)
  await expect(told(phone)).toBeVisible()
  await expect(phone.getByTitle(/no right/)).toBeVisible()

  await makePersona(laptop, 'Boris')
  await expect(laptop.getByText('saved everywhere')).toBeVisible()
  await phone.reload()
  await expect(rail(phone).getByRole('link', { name: 'Ada' })).toBeVisible()
  await expect(told(phone)).toBeVisible()
  await expect(rail(phone).getByRole('link', { name: 'Boris' })).toHaveCount(0)

  await phone.goto(await joinLink(laptop))
  await phone.getByRole('button', { name: 'Join again' }).click()
  await expect(rail(phone).getByRole('link', { name: 'Boris' })).toBeVisible()

  const tablet = await (await device()).open(await joinLink(phone))
  await expect(rail(tablet).getByRole('link', { name: 'Boris' })).toBeVisible()
  await expect(tablet.getByText('saved everywhere')).toBeVisible()
  await signOutOther(laptop)
  await expect(laptop.getByText(/^Your keys changed/)).toBeVisible()
  const isOut = (page: Page) => expect(told(page)).toBeVisible()
  const out = await Promise.any([phone, tablet].map((page) => isOut(page).then(() => page)))
  const stays = out === phone ? tablet : phone
  await makePersona(laptop, 'Cem')
  await expect(rail(stays).getByRole('link', { name: 'Cem' })).toBeVisible()
  await makePersona(stays, 'Dora')
  await expect(rail(laptop).getByRole('link', { name: 'Dora' })).toBeVisible()
  await expect(rail(out).getByRole('link', { name: /Cem|Dora/ })).toHaveCount(0)
})
