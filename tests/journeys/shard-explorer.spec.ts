import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { memoryEvents } from '#schema/memories/events.ts'
import { commitIn } from '#tests/support/commit-in.ts'
import { expect, follow, test } from '#tests/support/journey.ts'
import { seriousInAllLooks } from '#tests/support/looks.ts'
import { bringSample } from '#tests/support/personas.ts'

const grid = (page: Page) => page.getByRole('grid')
const rows = (page: Page) => grid(page).locator('[data-place]')
const question = (page: Page) => page.getByRole('textbox', { name: 'Question in SQL' })
const tables = (page: Page) => page.getByRole('navigation', { name: 'Tables' })

const ask = async (page: Page, sql: string) => {
  await question(page).fill(sql)
  await question(page).press('Control+Enter')
}

test('[SX1] [SX12] [SX13] [SX14] [SX15] [SX19] [SX20] every store is listed, looked into, sorted, narrowed and asked; nothing can be written; what comes meanwhile is shown', async ({
  device,
}) => {
  test.slow() // judged in all looks, with three stores open
  const page = await (await device()).open()
  const personaId = await bringSample(page)
  const storeId = `persona_${personaId}`

  // The list: what is here is counted.
  await follow(page, '/shards/explore')
  const line = page.getByRole('row').filter({ hasText: storeId.slice(0, 18) })
  await expect(line).toContainText(/kB|MB/)
  await expect(line).toContainText('synced')
  await line.getByRole('link').click()

  // Browsing.
  await expect(page.getByText(/as of event \d/)).toBeVisible()
  await tables(page)
    .getByRole('button', { name: /^memories / })
    .click()
  await expect(rows(page).first()).toBeVisible()
  await grid(page).getByRole('button', { name: 'importance' }).click()
  await grid(page).getByRole('button', { name: 'importance' }).click()
  await expect(page).toHaveURL(/sort=-importance/)
  await expect(grid(page).getByRole('columnheader', { name: 'importance' })).toHaveAttribute('aria-sort', 'descending')
  await page.keyboard.press('/')
  await page.getByLabel('Filter kind').fill('fact')
  await expect(page.getByRole('heading', { name: /^\d+ of \d+ rows$/ })).toBeVisible()
  await rows(page).first().click()
  await page.keyboard.press('ArrowDown')
  const detail = page.getByRole('region', { name: 'Row', exact: true })
  await expect(detail.getByText('fact', { exact: true })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(detail).toHaveCount(0)

  // From an id to its row, and the address of it.
  await tables(page)
    .getByRole('button', { name: /^memoryBodies / })
    .click()
  await rows(page).first().click()
  await detail.getByRole('button', { name: 'to memories' }).click()
  await expect(page.getByRole('heading', { name: /^memories, row/ })).toBeVisible()
  expect(await seriousInAllLooks(page)).toEqual([])
  await page.reload()
  await expect(page.getByRole('heading', { name: /^memories, row/ })).toBeVisible()

  // What is written meanwhile is shown.
  await follow(page, `/shards/explore?store=${storeId}&table=memories&where=memoryId%3Dkeepsbees`)
  await expect(page.getByRole('heading', { name: /^0 of / })).toBeVisible()
  const told = {
    actorId: 'somebody',
    deviceId: 'elsewhere',
    addedAt: new Date(2026, 2, 1),
    occurredAt: new Date(2026, 2, 1),
  }
  const memory = { memoryId: 'keepsbees', personaId, content: 'Keeps bees now', importance: 0.5, kind: 'fact' as const }
  await commitIn(page, storeId, [memoryEvents.memoryAdded({ ...memory, ...told, tags: [], sourceEventIds: [] })])
  await expect(page.getByRole('heading', { name: /^1 of / })).toBeVisible()

  // Asking.
  await page.getByText('SQL', { exact: true }).click()
  await ask(page, 'select kind, count(*) as many from memories group by kind')
  await expect(grid(page).getByRole('columnheader', { name: 'many' })).toBeVisible()
  await ask(page, 'delete from memories')
  await expect(page.getByRole('alert')).toContainText('Nothing was changed')
  await ask(page, 'selec 1')
  await expect(page.getByRole('alert')).toContainText('near "selec": syntax error')
  await question(page).focus()
  await page.keyboard.press('Control+Home')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ArrowUp')
  await expect(question(page)).toHaveValue('select kind, count(*) as many from memories group by kind')
  await page.keyboard.press('Control+Enter')
  await expect(rows(page).first()).toBeVisible()
  await page.getByRole('button', { name: 'Download what is shown' }).click()
  const download = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: 'JSON' }).click()
  const answer: readonly { readonly kind: string }[] = JSON.parse(await readFile(await (await download).path(), 'utf8'))
  expect(answer.map(({ kind }) => kind)).toContain('fact')

  // One that does not end is stopped, and the next is answered.
  await ask(page, 'with recursive n (i) as (select 1 union all select i + 1 from n) select count(*) from n')
  await page.getByRole('button', { name: 'Stop' }).click()
  await expect(page.getByRole('alert')).toContainText('You stopped it')
  await expect(page.getByRole('button', { name: 'Run' })).toBeEnabled()
  await ask(page, 'select name, count(*) from eventlog group by name')
  await expect(page.getByRole('alert')).toContainText('no such table: eventlog')
  await page.getByText('Log', { exact: true }).click()
  await expect(grid(page).getByRole('columnheader', { name: 'name' })).toBeVisible()
  expect(await seriousInAllLooks(page)).toEqual([])

  // To another store by a key and a few letters, and to its neighbour.
  await page.getByRole('heading', { name: 'Shards' }).click()
  await page.keyboard.press('s')
  await page.keyboard.type('Works')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/store=workspace_/)
  await expect(grid(page)).toBeVisible()
  await page.keyboard.press(']')
  await expect(page).toHaveURL(/store=persona_/)
  await page.keyboard.press('Shift+?')
  await expect(page.getByRole('dialog')).toContainText('To another store')
  await page.keyboard.press('Escape')

  // One that is not on this device comes from the server, and is written as CSV.
  await page.goto('/icon.svg')
  await expect.poll(() => page.evaluate(forgetFiles, `livestore-${storeId}@6`)).toBe('removed')
  await page.evaluate(forgetNote, storeId)
  await page.goto('/shards/explore')
  await expect(line).toContainText('not on this device')
  await line.getByRole('link', { name: /^Open / }).click()
  await tables(page)
    .getByRole('button', { name: /^memories / })
    .click()
  await expect(rows(page).first()).toBeVisible()
  await page.getByRole('button', { name: 'Download what is shown' }).click()
  const table = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: /^CSV/ }).click()
  const lines = (await readFile(await (await table).path(), 'utf8')).trimEnd().split(/\r?\n/)
  expect(lines[0]).toMatch(/^\uFEFFmemoryId,/)
  expect(lines.some((line) => line.includes('keepsbees'))).toBe(true)
})

/** Of a store that is closed. */
const forgetFiles = async (folder: string) => {
  const root = await navigator.storage.getDirectory()
  return root.removeEntry(folder, { recursive: true }).then(
    () => 'removed',
    (error: unknown) => String(error), // a closed page holds them a moment longer
  )
}

const forgetNote = (storeId: string) =>
  new Promise<void>((resolve, reject) => {
    const opening = indexedDB.open('pjai')
    opening.onerror = () => reject(opening.error)
    opening.onsuccess = () => {
      const change = opening.result.transaction('shards', 'readwrite')
      change.objectStore('shards').delete(storeId)
      change.oncomplete = () => {
        opening.result.close()
        resolve()
      }
    }
  })
