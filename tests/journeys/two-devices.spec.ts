import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { joinLink } from '#tests/support/join-link.ts'
import { type Device, expect, follow, test, untilInstalled } from '#tests/support/journey.ts'

const shared = new URL('../../../shared/', import.meta.url).pathname

/** A small export of our own, for machines without the shared files: two conversations, one with a branch. */
const ownExport = new URL('../fixtures/imports/chatgpt-small.json', import.meta.url).pathname

const exportFiles = (scratch: string) => {
  const small = join(shared, 'data/chatgpt-export-small.json')
  if (!existsSync(small)) return [ownExport]
  execFileSync('node', [join(shared, 'tools/locomo-to-chatgpt.mjs'), join(shared, 'data/locomo-dev.json'), scratch])
  const dialogue = readFileSync(join(shared, 'data/locomo-dev.json'), 'utf8')
  return [small, join(scratch, `${JSON.parse(dialogue)[0].sample_id}.json`)]
}

const bringIn = async (page: Page, file: string) => {
  await page.goto('/import') // a wizard that has ended shows what came of it
  await page.getByLabel('Files to import').first().setInputFiles(file)
  await page.getByRole('button', { name: /^Import / }).click()
  await expect(page.getByText(/^Imported /)).toBeVisible()
}

/** What the Shards room says of a persona's state: a hash over every row. */
const stateHashOf = async (page: Page, name: string) => {
  await follow(page, '/shards/explore')
  await page.getByRole('button', { name: `Act on ${name}` }).click()
  await page.getByRole('menuitem', { name: 'Look into its log' }).click()
  const hash = await page.getByLabel('State hash').textContent()
  await page.keyboard.press('Escape')
  return hash
}

const addMemory = async (page: Page, text: string) => {
  await page.keyboard.press('m')
  await page.getByLabel('What to remember').fill(text)
  await page.keyboard.press('Control+Enter')
  await expect(memoryRow(page, text)).toBeVisible()
}

const memoryRow = (page: Page, text: string) => page.getByRole('listbox', { name: 'Memories' }).getByText(text)

const openMemories = async (page: Page, name: string) => {
  await page.getByRole('navigation').getByRole('link', { name }).first().click()
  await page.getByRole('navigation').getByRole('link', { name: 'Memories' }).first().click()
  await expect(page.getByRole('button', { name: 'Add memory' }).first()).toBeVisible()
}

/** Tabs of one device, the first of them by itself; it may be open already. */
const tabs = async (device: Device, count: number, opened?: Page): Promise<readonly [Page, ...Page[]]> => {
  const first = opened ?? (await device.open())
  const others: Page[] = []
  while (others.length < count - 1) others.push(await device.open())
  return [first, ...others]
}

for (const tabCount of [1, 2]) {
  test(`[TD1] two devices, ${tabCount} tab each, end with the same state after a real import and a dead server`, async ({
    server,
    device,
    scratch,
  }) => {
    test.setTimeout(300_000)
    const laptop = await tabs(await device(), tabCount)
    for (const file of exportFiles(scratch)) await bringIn(laptop[0], file)
    const link = await joinLink(laptop[0])

    const joined = await device()
    const first = await joined.open(link)
    await expect(first.getByRole('navigation').getByRole('link', { name: 'ChatGPT' }).first()).toBeVisible()
    const phone = await tabs(joined, tabCount, first)

    const all = [...laptop, ...phone]
    for (const page of all) await openMemories(page, 'ChatGPT')
    await writeInEach(all, 'connected')
    for (const page of all) await expectOfEach(page, all, 'connected')

    await server.kill()
    await writeInEach(all, 'server dead')
    await server.restart()
    for (const page of all) await expectOfEach(page, all, 'server dead')
    for (const page of all) await expect(page.getByText('saved everywhere')).toBeVisible()
    const hashes = new Set<string | null>()
    for (const page of all) hashes.add(await stateHashOf(page, 'ChatGPT'))
    expect(hashes.size).toBe(1)
  })
}

const writeInEach = async (pages: readonly Page[], when: string) => {
  for (const [index, page] of pages.entries()) await addMemory(page, `from tab ${index}, ${when}`)
}

const expectOfEach = async (page: Page, writers: readonly Page[], when: string) => {
  for (const index of writers.keys()) await expect(memoryRow(page, `from tab ${index}, ${when}`)).toBeVisible()
}

for (const tabCount of [1, 2]) {
  test(`[TD2] what was imported and written is there after the renderers of ${tabCount} tab were killed`, async ({
    device,
    folder,
  }) => {
    const before = await device({ profile: 'laptop' })
    const killed = await tabs(before, tabCount)
    const [file] = exportFiles(folder)
    await bringIn(killed[0], file ?? ownExport)
    for (const page of killed) await openMemories(page, 'ChatGPT')
    await writeInEach(killed, 'just before the crash')
    await before.crash()
    const after = await tabs(await device({ profile: 'laptop' }), tabCount)
    for (const page of after) {
      await openMemories(page, 'ChatGPT')
      await expectOfEach(page, killed, 'just before the crash')
      await expect(page.getByRole('option')).toHaveCount(tabCount)
    }
  })
}

test('[OF1] the installed app opens offline, a store never opened before too', async ({ server, device }) => {
  const page = await (await device({ installs: true })).open()
  await untilInstalled(page)
  await server.kill()
  await page.reload()
  await page
    .getByRole('button', { name: 'New persona' })
    .or(page.getByRole('link', { name: 'New persona' }))
    .first()
    .click()
  await page.getByLabel('Name', { exact: true }).fill('Made offline')
  await page.getByRole('button', { name: /^Create/ }).click()
  await expect(page.getByRole('navigation').getByRole('link', { name: 'Made offline' }).first()).toBeVisible()
  await openMemories(page, 'Made offline')
  await addMemory(page, 'and it remembers')
  await page.reload()
  await expect(memoryRow(page, 'and it remembers')).toBeVisible()
  await server.restart()
  await expect(page.getByText('saved everywhere')).toBeVisible()
})
