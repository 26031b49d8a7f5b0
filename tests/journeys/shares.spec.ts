import type { Page } from '@playwright/test'
import { joinLink } from '#tests/support/join-link.ts'
import { expect, follow, test, untilInstalled } from '#tests/support/journey.ts'
import { seriousNow } from '#tests/support/looks.ts'
import { makePersona, rail } from '#tests/support/personas.ts'
import { addMemory, changeRole, memoryRow, receive, revoke, shareAda, toRoom } from '#tests/support/sharing.ts'

const synced = (page: Page) => expect(page.getByText('saved everywhere')).toBeVisible()

test('[SR9] a link that does not open says why and what to do, and brings nothing', async ({ device }) => {
  const owner = await (await device()).open()
  await makePersona(owner, 'Ada')
  await synced(owner)
  const link = await shareAda(owner, 'Viewer', { openings: 1 })
  await owner.getByRole('button', { name: 'Revoke Boris' }).click()
  expect(await seriousNow(owner)).toEqual([])
  await owner.getByRole('button', { name: 'Keep it' }).click()

  const own = await owner.context().newPage()
  await own.goto(link)
  await expect(own.getByText('This persona is your own.')).toBeVisible()

  const first = await (await device()).open(link)
  await expect(first.getByRole('button', { name: 'Add to my personas' })).toBeVisible()
  expect(await seriousNow(first)).toEqual([])
  await first.emulateMedia({ colorScheme: 'dark' })
  expect(await seriousNow(first)).toEqual([])
  await receive(first, link)

  const second = await device()
  const page = await second.open(link)
  await expect(page.getByText('This share was opened as often as it can be.')).toBeVisible()
  await page.goto(link.slice(0, -1))
  await expect(page.getByText('This link leads to no persona')).toBeVisible()
  await page.goto(link.replace(/#.{26}/, `#${'a'.repeat(26)}`))
  await expect(page.getByText('There is no such share.')).toBeVisible()
  await page.getByRole('link', { name: 'Go home' }).click()
  await expect(rail(page).getByRole('link', { name: 'Ada' })).toHaveCount(0)

  await revoke(owner)
  await page.goto(link)
  await expect(page.getByText('This share was revoked.')).toBeVisible()
  await untilInstalled(page)
  await second.context.setOffline(true)
  await page.goto('/settings')
  await page.goto(link)
  await expect(page.getByText('The server does not answer.')).toBeVisible()
  await second.context.setOffline(false)
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByText('This share was revoked.')).toBeVisible()
  await expect(first.getByText('Ada is no longer shared with you')).toBeVisible()
  expect(await seriousNow(first)).toEqual([])
})

test('[SR10] what was written before writing was withdrawn is set aside, once, and offered, not sent for ever', async ({
  device,
  server,
}) => {
  const owner = await (await device()).open()
  await makePersona(owner, 'Ada')
  await synced(owner)
  const link = await shareAda(owner, 'Editor')
  const theirs = await device({ profile: 'guest' })
  const before = await theirs.open()
  await makePersona(before, 'Mine')
  await receive(before, link)
  await addMemory(before, 'Ada likes jam.')
  await synced(before)

  await untilInstalled(before)
  await server.kill()
  await before.getByRole('button', { name: 'Add memory' }).click()
  await before.getByRole('textbox', { name: 'What to remember' }).fill('Ada likes salt.')
  await before.getByRole('textbox', { name: 'What to remember' }).press('Control+Enter')
  await expect(memoryRow(before, 'Ada likes salt.')).toBeVisible()
  const room = new URL(before.url()).pathname
  await before.reload() // what it shows then was kept
  await expect(memoryRow(before, 'Ada likes salt.')).toBeVisible()
  await theirs.close()
  await server.restart()
  await changeRole(owner, 'Viewer')
  const guest = await (await device({ profile: 'guest' })).open(room)
  await expect(guest.getByRole('button', { name: 'Add memory' })).toHaveCount(0)
  await expect(guest.getByRole('option')).toHaveText([/Ada likes jam/]) // fetched again, without salt
  await follow(guest, '/shards/explore')
  await expect(guest.getByText('1 events of Ada are set aside')).toBeVisible()
  await guest.getByRole('button', { name: 'Offer again' }).click()
  await expect(guest.getByText('You can read this persona, not change it.')).toBeVisible()

  await changeRole(owner, 'Editor')
  await toRoom(owner, 'memories')
  // Refused until the device has heard of its new role. What is said of the offer goes after four seconds.
  const isBack = expect(guest.getByText('1 events are back in Ada.')).toBeVisible()
  const offer = guest.getByRole('button', { name: 'Offer again' })
  await expect(async () => {
    if (await offer.isVisible()) await offer.click()
    await expect(offer).toHaveCount(0, { timeout: 3000 })
  }).toPass({ timeout: 60_000 })
  await isBack
  await expect(memoryRow(owner, 'Ada likes salt.')).toBeVisible()
})

test('[SR11] what one device receives is on the person’s others too, and what may be done with it is known offline', async ({
  device,
}) => {
  const owner = await (await device()).open()
  await makePersona(owner, 'Ada')
  await addMemory(owner, 'Ada likes tea.')
  await synced(owner)
  const link = await shareAda(owner, 'Viewer')
  const laptop = await (await device()).open()
  await makePersona(laptop, 'Mine')
  await receive(laptop, link)
  await synced(laptop)

  const theirs = await device()
  const phone = await theirs.open(await joinLink(laptop))
  await rail(phone).getByRole('link', { name: /^Ada/ }).click()
  await expect(phone.getByText('You can read Ada')).toBeVisible()
  await toRoom(phone, 'memories')
  await expect(memoryRow(phone, 'Ada likes tea.')).toBeVisible()
  await untilInstalled(phone)
  await theirs.context.setOffline(true)
  await phone.reload()
  await expect(memoryRow(phone, 'Ada likes tea.')).toBeVisible()
  await expect(phone.getByRole('button', { name: 'Add memory' })).toHaveCount(0)
})

test('[SR15] when a share is revoked the keys change, and whoever else was given the persona reads on', async ({
  device,
}) => {
  const owner = await (await device()).open()
  await makePersona(owner, 'Ada')
  await addMemory(owner, 'Ada likes tea.')
  await synced(owner)
  const forCem = await shareAda(owner, 'Viewer', { label: 'Cem' })
  await shareAda(owner, 'Viewer')
  const cem = await (await device()).open(forCem)
  await cem.getByRole('button', { name: 'Add to my personas' }).click()
  await cem.waitForURL(/chats/)
  await toRoom(cem, 'memories')
  await expect(memoryRow(cem, 'Ada likes tea.')).toBeVisible()

  const generations = () =>
    owner.evaluate(async () => {
      const storeId = `persona_${location.pathname.split('/')[2]}`
      const { rows } = await (await fetch(`/api/stores/${storeId}/keys?from=0`)).json()
      return rows.length as number
    })
  const before = await generations()
  await revoke(owner)
  await expect.poll(generations).toBe(before + 1)
  await addMemory(owner, 'Ada likes jam.')
  await expect(memoryRow(cem, 'Ada likes jam.')).toBeVisible()
  await synced(owner)

  const late = await (await device()).open(forCem)
  await late.getByRole('button', { name: 'Add to my personas' }).click()
  await late.waitForURL(/chats/)
  await toRoom(late, 'memories')
  for (const text of ['Ada likes tea.', 'Ada likes jam.']) await expect(memoryRow(late, text)).toBeVisible()

  const phone = await (await device()).open(await joinLink(owner))
  await rail(phone).getByRole('link', { name: 'Ada' }).click()
  await toRoom(phone, 'memories')
  for (const text of ['Ada likes tea.', 'Ada likes jam.']) await expect(memoryRow(phone, text)).toBeVisible()
})
