import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { joinLink } from '#tests/support/join-link.ts'
import { expect, test } from '#tests/support/journey.ts'
import { type ModelServer, modelNames, startModelServer } from '#tests/support/model-server.ts'
import { sentence } from '#tests/support/model-server-script.ts'
import { remainsOf } from '#tests/support/remains.ts'

let models: ModelServer
test.beforeEach(async () => {
  models = await startModelServer()
})
test.afterEach(() => models.stop())

const settings = async (page: Page) => {
  await page.goto('/settings')
  await expect(page.getByRole('button', { name: 'Add an account' })).toBeVisible()
}

const beginAccount = async (page: Page, name: string, baseUrl: string) => {
  await page.getByRole('button', { name: 'Add an account' }).click()
  await page.getByRole('combobox', { name: 'Provider' }).click()
  await page.getByRole('option', { name: 'Other' }).click()
  const form = page.locator('form', { has: page.getByRole('button', { name: 'Add account' }) })
  await form.getByRole('textbox', { name: 'Name' }).fill(name)
  await form.getByRole('textbox', { name: 'Address' }).fill(baseUrl)
  return form
}

const account = (page: Page, name: string) => page.getByRole('listitem', { name })

test('[PV30] the test of a new account says what is wrong until it works; its models are listed, tried, and counted', async ({
  device,
}) => {
  const page = await (await device()).open()
  await settings(page)
  models.allowPages(false)
  models.wantKey('sk-marigold')
  const form = await beginAccount(page, 'Tea house', models.baseUrl)
  const key = form.getByRole('textbox', { name: 'Key' })
  const testSays = async (text: string | RegExp) => {
    await form.getByRole('button', { name: 'Test' }).click()
    await expect(form.getByRole('status')).toContainText(text)
  }
  await testSays(`answers, but not to this page. Let it allow the origin ${new URL(page.url()).origin}`)
  models.allowPages(true)
  await testSays('wants a key')
  await key.fill('sk-violet')
  await testSays('does not take this key')
  await form.getByRole('textbox', { name: 'Address' }).fill(models.baseUrl.replace('/v1', ''))
  await key.fill('sk-marigold')
  await testSays('Most addresses end in /v1')
  await form.getByRole('textbox', { name: 'Address' }).fill('http://127.0.0.1:9/v1')
  await testSays('Nobody answers')
  await form.getByRole('textbox', { name: 'Address' }).fill(models.baseUrl)
  await testSays(new RegExp(`${modelNames.length} models answered in [\\d,]+ ms`))
  await form.getByRole('button', { name: 'Add account' }).click()

  const row = account(page, 'Tea house')
  await expect(row).toContainText('Healthy')
  await row.getByRole('button', { name: 'Models of Tea house' }).click()
  await row.getByRole('button', { name: 'Try quick' }).click()
  await expect(row).toContainText(sentence)
  await expect(row).toContainText('Today: 1 request · 19 tokens')
  await row.getByLabel('Another model').fill('quik')
  await row.getByRole('button', { name: 'Add', exact: true }).click()
  await row.getByRole('textbox', { name: 'Filter' }).fill('quik')
  await row.getByRole('button', { name: 'Try quik' }).click()
  await expect(row).toContainText('has no model “quik”. Near it: quick')

  await page.reload()
  await expect(account(page, 'Tea house')).toContainText('Today: 2 requests · 19 tokens')
  await models.stop()
  await account(page, 'Tea house').getByRole('button', { name: 'Test Tea house' }).click()
  await expect(account(page, 'Tea house')).toContainText('Down')
  await expect(account(page, 'Tea house')).toContainText('Is the server running')
  models = await startModelServer({ port: models.port })
  await expect(account(page, 'Tea house')).toContainText('Healthy') // asked again by itself
})

test('[PV31] a key stays sealed on its device: in no log, store, address or console, and on no other device', async ({
  device,
}) => {
  const laptop = await (await device({ installs: true })).open()
  const said: string[] = []
  laptop.on('console', (message) => said.push(message.text()))
  laptop.on('request', (request) => {
    said.push(request.url())
    if (!request.url().startsWith(models.baseUrl))
      said.push(request.postData() ?? '', JSON.stringify(request.headers()))
  })
  await settings(laptop)
  models.wantKey('sk-marigold')
  const form = await beginAccount(laptop, 'Tea house', models.baseUrl)
  await form.getByRole('textbox', { name: 'Key' }).fill('sk-marigold')
  await form.getByRole('button', { name: 'Add account' }).click()
  await expect(account(laptop, 'Tea house')).toContainText('Healthy')
  await laptop.reload()
  const row = account(laptop, 'Tea house')
  await row.getByRole('button', { name: 'Models of Tea house' }).click()
  await row.getByRole('button', { name: 'Try locked' }).click() // what refuses the key does not say it either
  await expect(row).toContainText('does not take this key')
  expect((await remainsOf(laptop, 'Tea house')).length).toBeGreaterThan(0)
  await expect.poll(() => remainsOf(laptop, 'sk-marigold')).toEqual([]) // again when a file was written meanwhile
  expect(await bytesInDatabases(laptop, 'sk-marigold')).toEqual([])
  expect(said.length).toBeGreaterThan(0)
  expect(said.filter((text) => text.includes('sk-marigold'))).toEqual([])

  const link = await joinLink(laptop)
  const phone = await (await device({ phone: true })).open(link)
  await phone.waitForURL((url) => url.pathname !== '/join')
  await settings(phone)
  const there = account(phone, 'Tea house')
  await there.getByRole('button', { name: 'Test Tea house' }).click()
  await expect(there).toContainText('There is no key of this account on this device.')
  await there.getByRole('textbox', { name: 'Key of Tea house' }).fill('sk-marigold')
  await there.getByRole('button', { name: 'Keep it here' }).click()
  await expect(there).toContainText('Healthy')

  await settings(laptop)
  await account(laptop, 'Tea house').getByRole('button', { name: 'Remove Tea house' }).click()
  await expect(account(laptop, 'Tea house')).toBeHidden()
  await expect.poll(() => vaultRows(laptop)).toBe(0)
  await laptop.getByRole('button', { name: 'Undo' }).click()
  await account(laptop, 'Tea house').getByRole('button', { name: 'Test Tea house' }).click()
  await expect(account(laptop, 'Tea house')).toContainText(`${modelNames.length} models answered`)
  await expect.poll(() => vaultRows(laptop)).toBe(1)
})

for (const look of [{}, { phone: true, dark: true }])
  test(`[PV32] a server on this device is found by itself and added at once; axe finds nothing ${JSON.stringify(look)}`, async ({
    device,
  }) => {
    const { context, open } = await device(look)
    await context.addInitScript((port) => localStorage.setItem('pjai.localPorts', `[${port}]`), models.port)
    const page = await open()
    await settings(page)
    const found = page.getByRole('list', { name: 'Found on this device' })
    await expect(found).toContainText(`http://localhost:${models.port}/v1 · ${modelNames.length} models`)
    await found.getByRole('button', { name: `Add Server at port ${models.port}` }).click()
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
    await page.getByRole('button', { name: 'Add account' }).click()
    await expect(found).toBeHidden()
    const row = account(page, `Server at port ${models.port}`)
    await expect(row).toContainText('Healthy')
    await row.getByRole('button', { name: /^Models of/ }).click()
    await row.getByRole('button', { name: 'Price of quick' }).click()
    await row.getByRole('textbox', { name: 'Dollars per million in' }).fill('2')
    await row.getByRole('textbox', { name: 'Dollars per million out' }).fill('8')
    await row.getByRole('button', { name: 'Keep price' }).click()
    await expect(row).toContainText('$2 in, $8 out per million')
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  })

/** In what binary values of IndexedDB hold, which `remainsOf` does not read. */
const bytesInDatabases = (page: Page, text: string) =>
  page.evaluate(async (text) => {
    const settled = <A>(request: IDBRequest<A>) =>
      new Promise<A>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    const textsIn = (value: unknown): readonly string[] => {
      if (value instanceof ArrayBuffer) return [new TextDecoder('latin1').decode(value)]
      if (ArrayBuffer.isView(value)) return [new TextDecoder('latin1').decode(value)]
      return value !== null && typeof value === 'object' ? Object.values(value).flatMap(textsIn) : [String(value)]
    }
    const found: string[] = []
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await settled(indexedDB.open(name))
      for (const table of database.objectStoreNames) {
        const rows: unknown[] = await settled(database.transaction(table).objectStore(table).getAll())
        if (rows.flatMap(textsIn).some((held) => held.includes(text))) found.push(`${name} ${table}`)
      }
      database.close()
    }
    return found
  }, text)

const vaultRows = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const opening = indexedDB.open('pjai')
        opening.onsuccess = () => {
          const counting = opening.result.transaction('vault').objectStore('vault').count()
          counting.onsuccess = () => {
            opening.result.close()
            resolve(counting.result)
          }
        }
      }),
  )
