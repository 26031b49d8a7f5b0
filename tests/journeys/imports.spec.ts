import { existsSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { base64Json, pngOf } from '#tests/schema/imports/sources.ts'
import { expect, test, untilInstalled } from '#tests/support/journey.ts'
import { seriousNow } from '#tests/support/looks.ts'

const shared = new URL('../../../shared/data/', import.meta.url).pathname

const node = (id: string, parent: string | null, role: 'user' | 'assistant', text: string, children: string[]) => ({
  id,
  parent,
  children,
  message:
    parent === null
      ? null
      : { id, author: { role }, create_time: 1_700_000_000, content: { content_type: 'text', parts: [text] } },
})

const dialogue = (id: string, turns: number) => ({
  id,
  title: `Dialogue ${id}`,
  create_time: 1_700_000_000,
  current_node: `${id}-${turns}`,
  mapping: Object.fromEntries(
    Array.from({ length: turns + 1 }, (_, at) => [
      `${id}-${at}`,
      node(
        `${id}-${at}`,
        at === 0 ? null : `${id}-${at - 1}`,
        at % 2 ? 'user' : 'assistant',
        `Turn ${at} of ${id}`,
        at < turns ? [`${id}-${at + 1}`] : [],
      ),
    ]),
  ),
})

const jsonFile = (name: string, value: unknown) => ({
  name,
  mimeType: 'application/json',
  buffer: Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)),
})

const small = jsonFile('conversations.json', [dialogue('a', 3), dialogue('b', 2), { title: 'Broken', id: 'c' }])

const choose = (page: Page, ...files: ReturnType<typeof jsonFile>[] | string[]) =>
  page.getByLabel('Files to import').first().setInputFiles(files) // Playwright takes either kind of list

test('[IW7] a file is shown before it is imported, with what cannot come along; then it is proved and can be undone as one', async ({
  device,
}) => {
  const page = await (await device()).open('/import')
  await choose(page, small)
  await expect(page.getByRole('region', { name: 'ChatGPT' })).toContainText('Messages505')
  await page.getByRole('button', { name: '1 entry cannot come along' }).click()
  await expect(page.getByText('mapping')).toBeVisible()
  expect(await seriousNow(page)).toEqual([])

  await page.getByLabel('Name').fill('Helper')
  await page.getByRole('button', { name: 'Import 2 conversations, 5 messages' }).click()
  await expect(page.getByText('all 7 entries read as in the file')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Open Helper' })).toBeVisible()

  await page.getByRole('button', { name: 'Undo import', exact: true }).click()
  await expect(page.getByText('The import was undone')).toBeVisible()
  await page
    .getByRole('link', { name: /^Dashboard/ })
    .first()
    .click()
  await expect(page.getByText('Nothing to count yet')).toBeVisible()
})

test('[IW8] importing the same file twice adds nothing, and says so', async ({ device }) => {
  const page = await (await device()).open('/import')
  await choose(page, small)
  await page.getByRole('button', { name: /^Import 2/ }).click()
  await page.getByRole('button', { name: 'Import more' }).click()
  await choose(page, small)
  await expect(page.getByText('All of it is here already')).toBeVisible()
  await expect(page.getByRole('button', { name: /^Import / })).toHaveCount(0)
})

test('[IW9] a file that cannot be read says why, and those beside it still come', async ({ device }) => {
  const page = await (await device()).open('/import')
  await choose(page, jsonFile('cut.json', '[{"title": "cut'), jsonFile('other.json', { hello: 'world' }), small)
  await expect(page.getByText(/“cut.json” is not valid JSON/)).toBeVisible()
  await expect(page.getByText(/“other.json” is none of the formats known here/)).toBeVisible()
  await expect(page.getByRole('button', { name: /^Import 2/ })).toBeEnabled()
})

test('[IW10] an import cut short by a crash is shown as unfinished; the same file brings what is missing', async ({
  device,
}) => {
  const big = jsonFile(
    'big.json',
    Array.from({ length: 60 }, (_, at) => dialogue(`d${at}`, 100)),
  )
  const first = await device({ profile: 'crashing' })
  const page = await first.open('/import')
  await choose(page, big)
  await page.getByRole('button', { name: /^Import 60/ }).click()
  await expect(page.getByText(/^[1-9][\d,]* of 6,060$/)).toBeVisible()
  await first.crash()

  const again = await (await device({ profile: 'crashing' })).open('/import')
  await expect(again.getByText('Unfinished')).toBeVisible()
  await choose(again, big)
  await again.getByRole('button', { name: /^Go on/ }).click()
  await expect(again.getByText('Imported 60 conversations, 6,000 messages')).toBeVisible()
  await expect(again.getByText('Unfinished')).toHaveCount(0)
})

test('[IW11] two imports at once: the second is refused, and says until when', async ({ device }) => {
  const one = await device()
  const page = await one.open('/import')
  const other = await one.open('/import')
  await choose(other, small)
  // Another tab of this workspace holds the lock as long as it imports.
  await page.evaluate(async () => {
    const workspaceId = localStorage.getItem('pjai.workspaceId')
    await new Promise<void>((held) => {
      void navigator.locks.request(`pjai-import.${workspaceId}`, () => {
        held()
        return new Promise(() => undefined)
      })
    })
  })
  await other.getByRole('button', { name: /^Import 2/ }).click()
  await expect(other.getByText('Another tab is importing')).toBeVisible()
  await page.close()
  await other.getByRole('button', { name: /^Import 2/ }).click()
  await expect(other.getByText('all 7 entries read as in the file')).toBeVisible()
})

test('[IW12] a character card in a picture comes in without a network, and reaches the server later', async ({
  device,
  server,
}) => {
  const card = {
    spec: 'chara_card_v2',
    data: {
      name: 'Wren',
      description: 'Keeps a lighthouse.',
      first_mes: 'Mind the stairs.',
      character_book: { entries: [{ keys: ['lamp'], content: 'The lamp turns at dusk.', enabled: true }] },
    },
  }
  const page = await (await device()).open('/import')
  await untilInstalled(page)
  await server.kill()
  await choose(page, {
    name: 'wren.png',
    mimeType: 'image/png',
    buffer: Buffer.from(pngOf(['tEXt', 'chara', base64Json(card)])),
  })
  await page.getByRole('button', { name: /^Import 1 conversation, 1 message, 1 memory/ }).click()
  await expect(page.getByText('all 3 entries read as in the file')).toBeVisible()
  await page.getByRole('link', { name: 'Open Wren' }).click()
  await page.getByRole('navigation').getByRole('link', { name: 'Memories' }).first().click()
  await expect(page.getByRole('option').filter({ hasText: 'The lamp turns at dusk.' })).toBeVisible()
  await server.restart()
  await expect(page.getByText('saved everywhere')).toBeVisible()
})

if (existsSync(`${shared}chatgpt-export-small.json`)) {
  test('[IW7] a small export of ChatGPT comes in whole, but for its broken entry', async ({ device }) => {
    const page = await (await device()).open('/import')
    await choose(page, `${shared}chatgpt-export-small.json`)
    await page.getByRole('button', { name: 'Import 2 conversations, 6 messages' }).click()
    await expect(page.getByText('all 8 entries read as in the file')).toBeVisible()
  })
}
