import { gzipSync } from 'node:zlib'
import { expect, type Page, type Response } from '@playwright/test'
import { joinLink } from '#tests/support/join-link.ts'
import { follow, holdUp, test } from '#tests/support/journey.ts'
import { seriousInAllLooks } from '#tests/support/looks.ts'

/** The workspace's store is open, and keys are answered. A busy machine takes its time. */
const opened = (page: Page) => expect(page.getByRole('button', { name: 'Find anything' })).toBeVisible()

const makePersona = async (page: Page, name: string, template: string) => {
  await opened(page)
  await page.keyboard.press('p')
  await page.getByRole('button', { name: new RegExp(template) }).click()
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name)
  await page.getByRole('button', { name: 'Create persona' }).click()
  await page.waitForURL(/\/p\/.*\/chats/)
}

const rail = (page: Page) => page.getByRole('navigation', { name: 'Personas and rooms' })

/** Of the list of all personas: how many are active, archived, removed. */
const counts = async (page: Page) =>
  (await page.getByRole('radiogroup', { name: 'Which personas' }).innerText()).match(/\d+/g)?.map(Number)

/** Style sheets of a part that nobody asks for, and of one that somebody does. */
const unfetchable = /\/(alert-badge|shell-help)-[^/]*\.css$/

/** Most of what opens stores. */
const engine = /\/engine-[^/]*\.js$/

test('[SH2] [SH3] [SH90] [ST29] [ST30] [ST31] [ST32] a new device is welcomed before there is what opens stores, one click brings the sample, `/` goes on with it, and what cannot be fetched takes nothing along', async ({
  device,
}) => {
  const { context, open } = await device()
  const fetchAll = await holdUp(context, engine)
  const scripts: Response[] = []
  context.on('response', (response) => {
    if (response.url().endsWith('.js')) scripts.push(response)
  })
  const page = await open()
  await expect(page.getByRole('heading', { name: 'A home for your AI personas' })).toBeVisible()
  await expect(rail(page).getByRole('link', { name: 'Dashboard' })).toBeVisible()
  const bodies = await Promise.all(scripts.map((script) => script.body()))
  expect(bodies.reduce((sum, body) => sum + gzipSync(body, { level: 9 }).length, 0)).toBeLessThan(250_000)
  await page.getByRole('button', { name: 'Try a sample workspace' }).click()
  await expect(page.getByRole('progressbar', { name: 'Bringing the sample' })).toBeVisible()
  fetchAll()
  await page.waitForURL(/\/p\/.*\/chats/)
  await expect(rail(page).getByRole('link', { name: 'Juniper' })).toBeVisible()
  await rail(page).getByRole('link', { name: 'Otto' }).click()
  const otto = page.url()
  await context.route(engine, (route) => route.abort())
  await page.goto('/')
  await expect(page.getByText('The rest of the page did not come')).toBeVisible()
  await context.unroute(engine)
  await context.route(unfetchable, (route) => route.abort())
  const badgeFailed = page.waitForEvent('requestfailed', (request) => request.url().includes('/alert-badge-'))
  await page.getByRole('button', { name: 'Load it again' }).click()
  await expect(page).toHaveURL(otto)
  await badgeFailed
  await page.keyboard.press('Shift+?')
  await expect(page.getByRole('alert')).toContainText('This part of the page did not come')
  await expect(page.getByText('saved everywhere')).toBeVisible()
})

test('[PE47] a refused draft says why at its field, and nothing is written', async ({ device }) => {
  const page = await (await device()).open('/personas?new=persona')
  const name = page.getByRole('textbox', { name: 'Name', exact: true })
  await name.fill('Ada/Lovelace')
  await page.getByRole('button', { name: 'Create persona' }).click()
  await expect(name).toBeFocused()
  await expect(name).toHaveAttribute('aria-invalid', 'true')
  await expect(page.getByText('A name has 1–100 letters')).toBeVisible()
  expect(await counts(page)).toEqual([0, 0, 0])
})

test('[SH1] [SH7] [PE49] switching stays in the room; undo takes back removing and archiving', async ({ device }) => {
  const page = await (await device()).open()
  await makePersona(page, 'Ada', 'Tutor')
  await makePersona(page, 'Boris', 'Researcher')
  await page.keyboard.press('g')
  await page.keyboard.press('m')
  await page.waitForURL(/\/memories/)
  const boris = page.url()
  await page.keyboard.press('Control+1')
  await expect(rail(page).getByRole('link', { name: 'Ada' })).toHaveAttribute('aria-current', 'page')
  expect(page.url()).toMatch(/\/memories/)
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('bor')
  await page.keyboard.press('Enter')
  await page.waitForURL(boris.replace(/memories.*/, 'chats'))

  await follow(page, '/personas')
  await opened(page)
  const list = page.getByRole('main')
  await expect(list.getByRole('button', { name: 'Ada', exact: true })).toBeVisible()
  await list.getByRole('button', { name: 'Actions for Ada' }).click()
  await page.getByRole('menuitem', { name: 'Remove' }).click()
  await expect.poll(() => counts(page)).toEqual([1, 0, 1])
  await page.keyboard.press('Control+z')
  await expect.poll(() => counts(page)).toEqual([2, 0, 0])
  await list.getByRole('button', { name: 'Actions for Ada' }).click()
  await page.getByRole('menuitem', { name: 'Archive' }).click()
  await expect.poll(() => counts(page)).toEqual([1, 1, 0])
  await page.keyboard.press('Control+z')
  await expect.poll(() => counts(page)).toEqual([2, 0, 0])
})

test('[PE48] a persona whose making was cut short is completed, whole, when this device starts again', async ({
  device,
}) => {
  const page = await (await device()).open()
  await opened(page)
  await page.keyboard.press('p')
  await page.getByRole('button', { name: /Tutor/ }).click()
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Ada')
  // The page ends in the very turn in which the persona is listed, long before a store of its own is open.
  await page.evaluate(() => {
    document.querySelector('form')?.addEventListener('submit', () => setTimeout(() => location.assign('/personas')))
  })
  await page.getByRole('button', { name: 'Create persona' }).click()
  await page.waitForURL('/personas')
  await opened(page)
  await page.getByRole('main').getByRole('button', { name: 'Ada', exact: true }).click()
  const personality = page.getByRole('textbox', { name: 'Personality' })
  await expect(personality).toHaveValue(/Finds out what the learner already knows/)
  await expect
    .poll(() => page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('Intent'))))
    .toEqual([])
})

test('[SH6] a link opens the workspace elsewhere, asks where something would be left, and leads back', async ({
  device,
}) => {
  const first = await (await device()).open()
  await makePersona(first, 'Ada', 'Tutor')
  const fresh = await (await device()).open(await joinLink(first))
  await expect(rail(fresh).getByRole('link', { name: 'Ada' })).toBeVisible()
  expect(fresh.url()).not.toContain('#')

  const used = await (await device()).open()
  await makePersona(used, 'Cem', 'Journal')
  await used.goto(await joinLink(first))
  await expect(used.getByText('It stays on this device as it is')).toBeVisible()
  expect(used.url()).not.toContain('#')
  await used.getByRole('button', { name: 'Open the other workspace' }).click()
  await expect(rail(used).getByRole('link', { name: 'Ada' })).toBeVisible()
  await follow(used, '/settings')
  await used
    .getByRole('listitem')
    .filter({ hasText: 'My workspace' })
    .getByRole('button', { name: 'Open' })
    .first()
    .click()
  await expect(rail(used).getByRole('link', { name: 'Cem' })).toBeVisible()
})

test('[SH10] axe finds nothing serious, in the light, in the dark and on a phone', async ({ device }) => {
  test.slow() // twenty pages, each judged three times
  const page = await (await device()).open('/personas?new=persona')
  const serious = async () => {
    await expect(page.locator('[aria-label="Opening"]')).toHaveCount(0)
    return seriousInAllLooks(page)
  }
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Ada/')
  await page.getByRole('button', { name: 'Create persona' }).click()
  expect(await serious()).toEqual([])
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Ada')
  await page.getByRole('button', { name: 'Create persona' }).click()
  await page.waitForURL(/\/chats/)
  const profile = page.url().replace('/chats', '')
  const rooms = [
    profile,
    `${profile}?edit=yes`,
    '/dashboard',
    '/import',
    '/personas',
    '/settings',
    '/shards/explore',
    '/access',
    `${profile}/access`,
    `${profile}/files`,
    `${profile}/log`,
    `${profile}/proposals`,
    `${profile}/sharing`,
    `${profile}/tasks`,
  ]
  for (const address of rooms) {
    await follow(page, address)
    await opened(page)
    expect(await serious()).toEqual([])
  }
  for (const door of ['/join', '/recover', '/sign-in', '/sign-in?next=keys', '/settings']) {
    await page.goto(door)
    await opened(page)
    expect(await serious()).toEqual([])
  }
  await page.keyboard.press('Shift+?')
  await expect(page.getByRole('dialog')).toBeVisible()
  expect(await serious()).toEqual([])
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('combobox')).toBeVisible()
  expect(await serious()).toEqual([])
})
