import type { Page } from '@playwright/test'
import { expect, follow, type JourneyServer, test } from '#tests/support/journey.ts'
import { makePersona, rail } from '#tests/support/personas.ts'
import { addAuthenticator } from '#tests/support/virtual-authenticator.ts'

/** Passkeys belong to a name; an address of numbers has none. */
const named = ({ url }: JourneyServer, path = '/') => new URL(path, url.replace('127.0.0.1', 'localhost')).href

const account = (page: Page) => page.getByRole('region', { name: 'Account' })

const addPasskey = async (page: Page) => {
  await follow(page, '/settings')
  await expect(account(page).getByText(/^Anonymous: /)).toBeVisible()
  await account(page).getByRole('button', { name: 'Add a passkey' }).click()
  await expect(account(page).getByText(/^Chrome on Linux/)).toBeVisible()
}

test('[AC24] on a new device e-mail and password let one in, and the recovery key opens what is there', async ({
  device,
}) => {
  const laptop = await (await device()).open()
  await makePersona(laptop, 'Ada')
  await follow(laptop, '/settings')
  await account(laptop).getByRole('button', { name: 'Add an e-mail' }).click()
  await account(laptop).getByLabel('E-mail').fill('ada@example.org')
  await account(laptop).getByLabel('Password', { exact: true }).fill('short')
  await account(laptop).getByRole('button', { name: 'Add the e-mail' }).click()
  await expect(account(laptop).getByRole('alert')).toHaveText('A password has at least 10 characters.')
  await account(laptop).getByLabel('Password', { exact: true }).fill('correct horse')
  await account(laptop).getByRole('button', { name: 'Add the e-mail' }).click()
  await expect(account(laptop).getByText('ada@example.org')).toBeVisible()
  await laptop.getByRole('button', { name: 'Make a recovery key' }).click()
  const items = laptop.getByRole('list', { name: 'Recovery key' }).getByRole('listitem')
  await expect(items).toHaveCount(12)
  const words = await items.allTextContents()
  await expect(laptop.getByText('saved everywhere')).toBeVisible()

  const fresh = await (await device()).open('/sign-in')
  await fresh.getByLabel('E-mail').fill('ada@example.org')
  await fresh.getByLabel('Password', { exact: true }).fill('horse correct')
  await fresh.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(fresh.getByRole('alert')).toHaveText('There is no account with this e-mail and this password.')
  await fresh.getByLabel('Password', { exact: true }).fill('correct horse')
  await fresh.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(fresh.getByText('You are signed in. Now bring your keys.')).toBeVisible()
  await fresh.reload()
  await fresh.getByLabel('The twelve words').fill(words.join(' '))
  await fresh.getByRole('button', { name: 'Open my account' }).click()
  await expect(rail(fresh).getByRole('link', { name: 'Ada' })).toBeVisible()

  // The first device is signed out by the second, so the keys change: they are handed to the recovery key too.
  await follow(fresh, '/settings')
  await fresh.getByRole('button', { name: /^Sign out / }).click()
  await fresh.getByRole('button', { name: 'Sign it out' }).click()
  await expect(laptop.getByRole('status').filter({ hasText: 'refused' })).toBeVisible()
  await expect(fresh.getByText(/^Your keys changed/)).toBeVisible()
  await makePersona(fresh, 'Boris')
  await expect(fresh.getByText('saved everywhere')).toBeVisible()
  await laptop.goto('/sign-in')
  await laptop.getByLabel('E-mail').fill('ada@example.org')
  await laptop.getByLabel('Password', { exact: true }).fill('correct horse')
  await laptop.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(laptop.getByText('You are signed in. Now bring your keys.')).toBeVisible()
  await laptop.getByLabel('The twelve words').fill(words.join(' '))
  await laptop.getByRole('button', { name: 'Open my account' }).click()
  await laptop.waitForURL(/\/p\/.*\/chats/)
  await expect(laptop.getByText('saved everywhere')).toBeVisible()
  await expect(laptop.getByText('Boris')).toBeVisible()
})

test('[AC23] a passkey that has a secret of its own brings everything back by itself', async ({ server, device }) => {
  const page = await (await device()).open(named(server))
  await addAuthenticator(page, { hasPrf: true })
  const sent: string[] = []
  page.on('request', (request) => sent.push(request.postData() ?? ''))
  await makePersona(page, 'Ada')
  await addPasskey(page)
  await expect(account(page).getByText('Chrome on Linux, opens everything')).toBeVisible()
  await expect(page.getByText('saved everywhere')).toBeVisible()

  await emptyProfile(page)
  await page.goto(named(server, '/sign-in'))
  await page.getByRole('button', { name: 'Use a passkey' }).click()
  await expect(rail(page).getByRole('link', { name: 'Ada' })).toBeVisible()
  const answers = sent.filter((body) => body.includes('clientDataJSON'))
  expect(answers).toHaveLength(2)
  for (const answer of answers) expect(answer).toContain('"clientExtensionResults":{}') // its secret stays here
})

/** What is left is what stands outside the browser: the passkey. */
const emptyProfile = async (page: Page) => {
  const { origin } = new URL(page.url())
  await page.goto('about:blank')
  const cdp = await page.context().newCDPSession(page)
  // Files that a worker still has open cannot be cleared, and would keep the origin from having any.
  const workers = async () =>
    (await cdp.send('Target.getTargets')).targetInfos.filter(({ type }) => type === 'shared_worker').length
  await expect.poll(workers).toBe(0)
  await cdp.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' })
  await page.context().clearCookies()
}
