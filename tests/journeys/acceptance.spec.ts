import type { Page } from '@playwright/test'
import { joinLink } from '#tests/support/join-link.ts'
import { expect, follow, type JourneyServer, test } from '#tests/support/journey.ts'
import { seriousNow } from '#tests/support/looks.ts'
import { makePersona, rail } from '#tests/support/personas.ts'
import { addMemory, changeRole, memoryRow, receive, revoke, shareAda, toRoom } from '#tests/support/sharing.ts'
import { addAuthenticator } from '#tests/support/virtual-authenticator.ts'

/** Passkeys belong to a name; an address of numbers has none. */
const named = ({ url }: JourneyServer, path = '/') => new URL(path, url.replace('127.0.0.1', 'localhost')).href

const synced = (page: Page) => expect(page.getByText('saved everywhere')).toBeVisible()
const openAda = async (page: Page) => {
  await rail(page).getByRole('link', { name: 'Ada' }).click()
  await page.waitForURL(/\/p\//)
}

const privacy = (page: Page) => page.getByRole('region', { name: 'Privacy' })

test('[AC22] [CN7] [SR3] [RK6] without an account, with a passkey, on a second device, shared, taken back, erased, recovered', async ({
  server,
  device,
}) => {
  test.slow()
  const laptop = await (await device()).open(named(server))
  const authenticator = await addAuthenticator(laptop)

  const { words, phone } = await test.step('a passkey, a recovery key, a second device', async () => {
    await makePersona(laptop, 'Ada')
    await addMemory(laptop, 'Ada likes tea.')
    await follow(laptop, '/settings')
    const account = laptop.getByRole('region', { name: 'Account' })
    await expect(account.getByText(/^Anonymous: /)).toBeVisible()
    await account.getByRole('button', { name: 'Add a passkey' }).click()
    await expect(account.getByText('Chrome on Linux, lets you in')).toBeVisible()
    await laptop.getByRole('button', { name: 'Make a recovery key' }).click()
    const items = laptop.getByRole('list', { name: 'Recovery key' }).getByRole('listitem')
    await expect(items).toHaveCount(12)
    const kept = await items.allTextContents()
    await laptop.getByRole('button', { name: 'I have kept them' }).click()
    await expect(laptop.getByText(/^Made .* A new one/)).toBeVisible()
    await synced(laptop)
    const paired = await (await device()).open(await joinLink(laptop))
    await expect(rail(paired).getByRole('link', { name: 'Ada' })).toBeVisible()
    return { words: kept, phone: paired }
  })

  await test.step('privacy is set and agreed to, and shown on the second device', async () => {
    await openAda(laptop)
    await toRoom(laptop, '')
    await privacy(laptop).getByRole('radio', { name: 'Only to models on this device or in its network' }).check()
    await privacy(laptop).getByRole('switch', { name: 'Memories may be put into prompts' }).click()
    await privacy(laptop).getByRole('button', { name: 'I agree: talking to models' }).click()
    const record = privacy(laptop).getByRole('list', { name: 'Who agreed to what' }).getByRole('listitem')
    await expect(record).toHaveText([/^You, on this device consented to talking to models of providers, version 1/])
    await privacy(laptop).getByRole('button', { name: 'Withdraw: talking to models' }).click()
    await expect(record).toHaveText([/^You, on this device withdrew consent to talking/, /consented to/])
    await expect(privacy(laptop).getByRole('button', { name: 'I agree: talking to models' })).toBeVisible()
    await privacy(laptop).getByRole('button', { name: 'I agree: keeping memories' }).click()
    await expect(record).toHaveCount(3)
    expect(await seriousNow(laptop)).toEqual([])
    await synced(laptop)
    await openAda(phone)
    await toRoom(phone, '')
    await expect(privacy(phone).getByText('You, on Chrome on Linux withdrew')).toBeVisible()
    await expect(privacy(phone).getByRole('radio', { name: 'Only to models on this device' })).toBeChecked()
    await expect(privacy(phone).getByRole('switch')).not.toBeChecked()
  })

  await test.step('a second person reads, then writes, then hears nothing more', async () => {
    const link = await shareAda(laptop, 'Viewer')
    const guest = await (await device()).open(named(server))
    await makePersona(guest, 'Mine')
    await receive(guest, link)
    expect(guest.url()).not.toContain('#')
    await expect(rail(guest).getByRole('link', { name: /Ada.*shared with you · viewer/ })).toBeVisible()
    await expect(guest.getByText('You can read Ada')).toBeVisible()
    await expect(guest.getByRole('textbox', { name: 'Message Ada' })).toHaveCount(0)
    await toRoom(guest, 'memories')
    await expect(memoryRow(guest, 'Ada likes tea.')).toBeVisible()
    await expect(guest.getByRole('button', { name: 'Add memory' })).toHaveCount(0)

    await changeRole(laptop, 'Editor')
    await expect(guest.getByRole('button', { name: 'Add memory' })).toBeVisible()
    await addMemory(guest, 'Ada likes jam.')
    await toRoom(guest, '')
    await expect(privacy(guest).getByText('Only the owner of this persona changes this.')).toBeVisible()
    await expect(privacy(guest).getByRole('switch')).toBeDisabled()
    await expect(privacy(guest).getByRole('button', { name: 'I agree: talking to models' })).toBeDisabled()
    await toRoom(laptop, 'memories')
    await expect(memoryRow(laptop, 'Ada likes jam.')).toBeVisible()

    await toRoom(laptop, 'sharing')
    await expect(laptop.getByText('opened by 1 person')).toBeVisible()
    await revoke(laptop)
    await expect(guest.getByText('Ada is no longer shared with you')).toBeVisible()
    await expect(guest.getByText('This share was revoked.')).toBeVisible()
    await addMemory(laptop, 'Ada has a secret.')
    await synced(laptop)
    await guest.reload()
    await expect(guest.getByText('Ada is no longer shared with you')).toBeVisible()
    await expect(guest.getByText('Ada has a secret.')).toHaveCount(0)
    await guest.getByRole('button', { name: 'Remove from this device' }).click()
    await guest.getByRole('button', { name: 'Remove it for good' }).click()
    await expect(rail(guest).getByRole('link', { name: /Ada/ })).toHaveCount(0)
  })

  await test.step('what is erased goes from the second device', async () => {
    await toRoom(phone, 'memories')
    await expect(memoryRow(phone, 'Ada likes tea.')).toBeVisible()
    await toRoom(laptop, 'memories')
    await memoryRow(laptop, 'Ada likes tea.').click()
    await laptop.getByRole('button', { name: /^Forget \(/ }).click()
    await toRoom(laptop, 'memories?show=forgotten')
    await memoryRow(laptop, 'Ada likes tea.').click()
    await laptop.getByRole('button', { name: 'Erase for good…' }).click()
    await laptop.getByRole('dialog').getByRole('button', { name: 'Erase for good' }).click()
    await expect(memoryRow(phone, 'Ada likes tea.')).toHaveCount(0)
    await toRoom(phone, '')
    await expect(phone.getByRole('button', { name: 'Certificate' })).toBeVisible()
  })

  await test.step('the passkey lets in on a third device, which is asked for its keys', async () => {
    const tablet = await (await device()).open(named(server))
    await authenticator.carryTo(tablet)
    await tablet.getByRole('link', { name: /Sign in/ }).click()
    await tablet.getByRole('button', { name: 'Use a passkey' }).click()
    await expect(tablet.getByText('You are signed in. Now bring your keys.')).toBeVisible()
    await tablet.getByLabel('Link from another device').fill(await joinLink(laptop))
    await tablet.getByRole('button', { name: 'Join' }).click()
    await expect(rail(tablet).getByRole('link', { name: 'Ada' })).toBeVisible()
    await follow(tablet, '/settings')
    await expect(tablet.getByRole('button', { name: /^Sign out / })).toHaveCount(2) // laptop and phone
  })

  await test.step('the recovery key alone brings back what is left', async () => {
    const fresh = await (await device()).open(named(server, '/recover'))
    await fresh.getByLabel('The twelve words').fill(words.slice(1).join(' '))
    await fresh.getByRole('button', { name: 'Open my account' }).click()
    await expect(fresh.getByText('these are 11')).toBeVisible()
    await fresh.getByLabel('The twelve words').fill(words.join(' '))
    await fresh.getByRole('button', { name: 'Open my account' }).click()
    await openAda(fresh)
    await toRoom(fresh, 'memories')
    for (const text of ['Ada likes jam.', 'Ada has a secret.']) await expect(memoryRow(fresh, text)).toBeVisible()
    await expect(memoryRow(fresh, 'Ada likes tea.')).toHaveCount(0)
  })
})
