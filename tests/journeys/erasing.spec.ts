import { execFileSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { joinLink } from '#tests/support/join-link.ts'
import { expect, follow, test } from '#tests/support/journey.ts'
import { makePersona, rail, remember, roomOf } from '#tests/support/personas.ts'
import { remainsOf } from '#tests/support/remains.ts'
import { filesWith } from '#tests/support/server-files.ts'

const savedEverywhere = (page: Page) => expect(page.getByText('saved everywhere')).toBeVisible()
const memoryRow = (page: Page, text: string) => page.getByRole('option').filter({ hasText: text })

const say = async (page: Page, room: string, text: string) => {
  await follow(page, `${room}/chats/new`)
  await page.getByRole('textbox', { name: /^Message / }).fill(text)
  await page.keyboard.press('Enter')
  await expect(page.locator('article[data-role="assistant"]:not([aria-busy])')).toBeVisible()
}

const personaIdIn = (room: string) => room.split('/').at(-1) ?? ''

interface KeyRow {
  readonly keyId: string
  readonly wrapped: string | null
}

/** The wrapped keys of a persona, as the server has them. */
const keysOf = (page: Page, room: string): Promise<readonly KeyRow[]> =>
  page.evaluate(
    async (storeId) => (await (await fetch(`/api/stores/${storeId}/keys?from=0`)).json()).rows,
    `persona_${personaIdIn(room)}`,
  )

const downloaded = async (page: Page, press: () => Promise<void>) => {
  const download = page.waitForEvent('download')
  await press()
  return readFile(await (await download).path(), 'utf8')
}

const eraseConversation = async (page: Page) => {
  await page.getByRole('button', { name: 'More about this conversation' }).click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await page.getByRole('button', { name: 'Erase for good…' }).click()
  await eraseForGood(page)
}

const eraseForGood = async (page: Page) => {
  await page.getByRole('dialog').getByRole('button', { name: 'Erase for good' }).click()
}

test('[ER11] an erased memory is gone from every device, the server and every export, and the certificate says so', async ({
  device,
  server,
  scratch,
}) => {
  const laptop = await (await device()).open()
  await makePersona(laptop, 'Ada')
  const room = roomOf(laptop)
  await remember(laptop, room, 'Hides the key under the blue pot')
  await remember(laptop, room, 'Likes tea')
  await savedEverywhere(laptop)
  const phone = await (await device()).open(await joinLink(laptop))
  await phone.waitForURL((url) => url.pathname !== '/join')
  await phone.goto(`${room}/memories`)
  await expect(memoryRow(phone, 'blue pot')).toBeVisible()
  await savedEverywhere(phone)
  expect((await remainsOf(phone, 'blue pot')).length).toBeGreaterThan(0)
  const keys = await keysOf(laptop, room)
  const folder = join(scratch, 'data')
  for (const { wrapped } of keys) expect(filesWith(folder, wrapped ?? '')).not.toEqual([])

  await follow(laptop, `${room}/memories`)
  await memoryRow(laptop, 'blue pot').click()
  await laptop.getByRole('button', { name: /^Forget \(/ }).click()
  await follow(laptop, `${room}/memories?show=forgotten`)
  await memoryRow(laptop, 'blue pot').click()
  await laptop.getByRole('button', { name: 'Erase for good…' }).click()
  await eraseForGood(laptop)
  await expect(memoryRow(laptop, 'blue pot')).toHaveCount(0)

  for (const page of [laptop, phone]) await expect.poll(() => remainsOf(page, 'blue pot')).toEqual([])
  await phone.goto(`${room}/memories`)
  await expect(memoryRow(phone, 'Likes tea')).toBeVisible()
  await expect(memoryRow(phone, 'blue pot')).toHaveCount(0)

  await follow(phone, room)
  const press = (name: string) => phone.getByRole('button', { name }).click()
  const [certificate] = JSON.parse(await downloaded(phone, () => press('Certificate')))
  const { destroyed, ...statement } = JSON.parse(certificate.statement)
  expect(statement).toMatchObject({ certificate: 'pjai erasure 1' })
  const gone = keys.filter(({ keyId }) => destroyed[0].keyId === keyId)
  expect(gone).toHaveLength(1)
  expect(filesWith(folder, 'blue pot')).toEqual([])
  for (const key of keys) expect(filesWith(folder, key.wrapped ?? '').length > 0).toBe(!gone.includes(key))

  await press('Actions for Ada')
  const item = phone.getByRole('menuitem', { name: 'Export as a file' })
  const exported = await downloaded(phone, () => item.click())
  const program = [join(process.cwd(), 'cli/main.ts'), 'export', personaIdIn(room), '--server', server.url]
  const printed = execFileSync(process.execPath, [
    join(process.cwd(), 'node_modules/tsx/dist/cli.mjs'),
    ...program,
    '--workspace',
    await joinLink(laptop),
  ]).toString()
  for (const file of [exported, printed]) {
    expect(file).toContain('Likes tea')
    expect(file).not.toContain('blue pot')
  }
  await savedEverywhere(phone)
  await remember(phone, room, 'Goes on as before')
})

test('[ER18] what one device erased and cannot finish, another of the same person finishes, in a shard that nobody opens', async ({
  device,
}) => {
  const theirs = await device()
  const laptop = await theirs.open()
  await makePersona(laptop, 'Boris')
  const otherRoom = roomOf(laptop)
  await makePersona(laptop, 'Ada')
  const room = roomOf(laptop)
  await say(laptop, room, 'The key is under the blue pot')
  const talk = laptop.url()
  await savedEverywhere(laptop)
  const phone = await (await device()).open(await joinLink(laptop))
  await phone.waitForURL((url) => url.pathname !== '/join')
  await phone.goto(talk)
  await expect(phone.getByText('The key is under the blue pot').first()).toBeVisible()
  await phone.goto(otherRoom) // Ada's shard is closed from here on
  expect((await remainsOf(phone, 'blue pot')).length).toBeGreaterThan(0)

  await theirs.context.route('**/erasures', (route) => route.abort())
  await follow(laptop, talk)
  await eraseConversation(laptop)
  await laptop.getByRole('link', { name: 'Dashboard', exact: true }).click()

  for (const page of [phone, laptop]) await expect.poll(() => remainsOf(page, 'blue pot')).toEqual([])
  await phone.goto(room)
  await expect(phone.getByText('1 conversation erased')).toBeVisible()
  await expect(phone.getByRole('button', { name: 'Certificate' })).toBeVisible()
})

test('[ER19] an erasure that is cut short between two steps is finished at the next start', async ({ device }) => {
  const first = await device({ profile: 'laptop' })
  const before = await first.open()
  await makePersona(before, 'Ada')
  const room = roomOf(before)
  await say(before, room, 'The key is under the blue pot')
  await savedEverywhere(before)
  // The server destroys the keys, and nobody hears of it.
  const destroyed = new Promise<void>((resolve) => {
    void first.context.route('**/erasures', async (route) => {
      await route.fetch()
      resolve()
    })
  })
  await eraseConversation(before)
  await destroyed
  await first.crash()

  // The certificate comes, and the log cannot be rewritten.
  const second = await device({ profile: 'laptop' })
  const lock = `pjai-shard-persona_${personaIdIn(room)}`
  await second.context.addInitScript((name) => {
    void navigator.locks.request(name, { mode: 'shared' }, () => new Promise(() => {}))
  }, lock)
  const between = await second.open(room)
  const isPurging = () =>
    between.evaluate(async (name) => (await navigator.locks.query()).pending?.some((it) => it.name === name), lock)
  await expect.poll(isPurging).toBe(true)
  expect((await remainsOf(between, 'blue pot')).length).toBeGreaterThan(0)
  await second.crash()

  const after = await (await device({ profile: 'laptop' })).open(room)
  await expect.poll(() => remainsOf(after, 'blue pot')).toEqual([])
  await expect(after.getByRole('button', { name: 'Certificate' })).toBeVisible()
})

test('[ER12] an erased persona is gone from every device, name and all', async ({ device }) => {
  const laptop = await (await device()).open()
  await makePersona(laptop, 'Quentin')
  await makePersona(laptop, 'Xanthippe')
  const room = roomOf(laptop)
  await remember(laptop, room, 'Hides the key under the blue pot')
  await savedEverywhere(laptop)
  const phone = await (await device()).open(await joinLink(laptop))
  await expect(rail(phone).getByRole('link', { name: 'Xanthippe' })).toBeVisible()
  await phone.goto(`${room}/memories`)
  await expect(memoryRow(phone, 'blue pot')).toBeVisible()
  await phone.goto('/')

  await follow(laptop, room)
  const menu = () => laptop.getByRole('button', { name: 'Actions for Xanthippe' }).click()
  await menu()
  await laptop.getByRole('menuitem', { name: 'Archive' }).click()
  await expect(laptop.getByText('Archived', { exact: true })).toBeVisible()
  await menu()
  await laptop.getByRole('menuitem', { name: 'Erase for good…' }).click()
  await eraseForGood(laptop)
  await laptop.waitForURL(/\/personas/)

  for (const page of [laptop, phone]) {
    await expect(rail(page).getByRole('link', { name: 'Xanthippe' })).toHaveCount(0)
    for (const text of ['blue pot', 'Xanthippe']) await expect.poll(() => remainsOf(page, text)).toEqual([])
  }
  await phone.goto(`${room}/memories`)
  await expect(phone.getByText('was erased')).toBeVisible()
  await follow(phone, '/settings')
  await expect(phone.getByRole('button', { name: 'Certificate' })).toBeVisible()
})

test('[ER13] everything erased leaves nothing in this browser, and another device is told', async ({ device }) => {
  const laptop = await (await device({ installs: true })).open()
  await makePersona(laptop, 'Xanthippe')
  const room = roomOf(laptop)
  await remember(laptop, room, 'Hides the key under the blue pot')
  await savedEverywhere(laptop)
  const phone = await (await device()).open(await joinLink(laptop))
  await expect(rail(phone).getByRole('link', { name: 'Xanthippe' })).toBeVisible()

  await follow(laptop, '/settings')
  await laptop.getByRole('button', { name: 'Erase everything…' }).click()
  const dialog = laptop.getByRole('dialog')
  await expect(dialog.getByRole('button', { name: 'Erase everything' })).toBeDisabled()
  await dialog.getByLabel('Type “erase” if you mean it').fill('erase')
  await dialog.getByRole('button', { name: 'Erase everything' }).click()
  await expect(laptop.getByText('Everything is erased')).toBeVisible()
  for (const text of ['blue pot', 'Xanthippe']) await expect.poll(() => remainsOf(laptop, text)).toEqual([])
  const download = laptop.waitForEvent('download')
  await laptop.getByRole('button', { name: 'Save the certificates' }).click()
  const certificates = JSON.parse(await readFile(await (await download).path(), 'utf8'))
  const kinds = certificates.map((it: { statement: string }) => JSON.parse(it.statement).storeId.split('_')[0])
  expect(kinds).toEqual(expect.arrayContaining(['persona', 'workspace']))
  await laptop.getByRole('button', { name: 'Begin anew' }).click()
  await expect(laptop.getByRole('button', { name: 'Try a sample workspace' })).toBeVisible()
  await expect(phone.getByRole('status').filter({ hasText: 'refused' })).toBeVisible()
  await expect(phone.getByTitle(/erased/)).toBeVisible()
})
