import { createHash, randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { joinLink } from '#tests/support/join-link.ts'
import { expect, follow, holdUp, test } from '#tests/support/journey.ts'
import { seriousInAllLooks, seriousNow } from '#tests/support/looks.ts'
import { pdfOf } from '#tests/support/pdf.ts'
import { makePersona, rail } from '#tests/support/personas.ts'
import { remainsOf } from '#tests/support/remains.ts'

const field = (page: Page) => page.getByRole('textbox', { name: /^Message / })
const draftFiles = (page: Page) => page.getByRole('list', { name: 'Files of this message' }).getByRole('listitem')
const said = (page: Page) => page.locator('article[data-role="user"]')
const savedEverywhere = (page: Page) => expect(page.getByText('saved everywhere')).toBeVisible()

/** What a drop or a paste brings. */
const hand = (page: Page, by: 'drop' | 'paste', files: readonly { name: string; type: string; base64: string }[]) =>
  field(page).evaluate(
    (target, { by, files }) => {
      const data = new DataTransfer()
      for (const { name, type, base64 } of files) {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
        data.items.add(new File([bytes], name, { type }))
      }
      const init = { bubbles: true, cancelable: true }
      if (by === 'paste') target.dispatchEvent(new ClipboardEvent('paste', { ...init, clipboardData: data }))
      else
        for (const type of ['dragenter', 'dragover', 'drop'])
          target.dispatchEvent(new DragEvent(type, { ...init, dataTransfer: data }))
    },
    { by, files },
  )

/** A picture that a page drew. */
const drawn = (page: Page, width: number, height: number): Promise<string> =>
  page.evaluate(
    ([width, height]) => {
      const canvas = document.createElement('canvas')
      Object.assign(canvas, { width, height })
      const pen = canvas.getContext('2d')!
      for (let x = 0; x < width; x += 4)
        for (let y = 0; y < height; y += 4) {
          pen.fillStyle = `hsl(${(x * y) % 360} 80% ${30 + ((x + y) % 50)}%)`
          pen.fillRect(x, y, 4, 4)
        }
      return canvas.toDataURL('image/png').split(',')[1]!
    },
    [width, height] as const,
  )

const opened = async (page: Page) => {
  await expect(field(page)).toBeVisible()
  return page
}

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

const downloaded = async (page: Page): Promise<Buffer> => {
  const download = page.waitForEvent('download')
  await page.getByRole('dialog').getByRole('button', { name: 'Download' }).click()
  return readFileSync(await (await download).path())
}

/** How many sealed bytes the server keeps in files of their own. */
const blobsOn = (scratch: string) => {
  const paths = readdirSync(join(scratch, 'data'), { recursive: true, encoding: 'utf8' })
  return paths.filter((path) => /r2\/.*\/blobs\/\w+$/.test(path.replaceAll('\\', '/')))
}

test('[AT30] files that are dropped, pasted and chosen belong to the draft over a reload, and go with the message', async ({
  device,
}) => {
  const page = await opened(await (await device()).open('/p/attachjourney/chats/new'))
  const picture = await drawn(page, 1600, 900)
  await hand(page, 'drop', [
    { name: 'harbour.png', type: 'image/png', base64: picture },
    { name: 'prog\u202egnp.exe', type: 'image/png', base64: Buffer.from('MZ\u0000\u0001 none').toString('base64') },
  ])
  await expect(draftFiles(page)).toHaveCount(1)
  await expect(page.getByRole('alert')).toContainText('no picture, PDF, text, sound or video')
  await hand(page, 'paste', [{ name: 'notes.md', type: '', base64: Buffer.from('# Tea\n\nGreen.').toString('base64') }])
  await expect(draftFiles(page)).toHaveCount(2)
  await page
    .getByLabel('Files to attach')
    .setInputFiles({ name: 'page.html', mimeType: 'text/html', buffer: Buffer.from('<script>alert(1)</script>') })
  await expect(draftFiles(page)).toHaveCount(3)
  await draftFiles(page)
    .filter({ hasText: 'notes.md' })
    .getByRole('button', { name: /^Remove/ })
    .click()
  await page.reload()
  await expect(draftFiles(page)).toHaveCount(2)
  await expect(draftFiles(page).first().locator('img')).toBeVisible()
  await field(page).fill('Look at this')
  await field(page).press('Enter')
  await expect(said(page)).toContainText('Look at this')
  await expect(draftFiles(page)).toHaveCount(0)
  await expect(said(page).getByRole('link', { name: 'Open harbour.png' }).locator('img')).toBeVisible()

  await said(page).getByRole('link', { name: 'Open harbour.png' }).click()
  const viewer = page.getByRole('dialog')
  await expect(viewer).toContainText('1600 × 900')
  await expect(viewer.locator('img')).toBeVisible()
  await page.keyboard.press('ArrowRight')
  await expect(viewer).toContainText('page.html')
  await expect(viewer.locator('pre')).toContainText('<script>alert(1)</script>')
  expect(sha256(await downloaded(page))).toBe(sha256(Buffer.from('<script>alert(1)</script>')))
  await page.keyboard.press('Escape')
  await expect(viewer).toHaveCount(0)
  await savedEverywhere(page)
})

test('[AT31] an upload that a reload cut short goes on, and a second device has the file, byte for byte', async ({
  device,
  scratch,
}) => {
  const laptop = await opened(await (await device()).open('/p/attachupload/chats/new'))
  const bytes = Buffer.concat([Buffer.from('fLaC'), randomBytes(20_000_000)])
  writeFileSync(join(scratch, 'song.flac'), bytes)
  // The line is slow at first, so that there is a middle.
  let puts = 0
  const isSlow = { now: true }
  await laptop.route('**/blobs/**', async (route) => {
    if (route.request().method() === 'PUT') {
      puts++
      if (isSlow.now && puts > 2) return // never answered
    }
    await route.continue()
  })
  await laptop.getByLabel('Files to attach').setInputFiles(join(scratch, 'song.flac'))
  await expect(draftFiles(laptop).filter({ hasText: '20 MB' })).toBeVisible()
  await field(laptop).fill('A song')
  await field(laptop).press('Enter')
  await expect(said(laptop)).toContainText('Uploading')
  await expect.poll(() => puts).toBeGreaterThan(2)
  isSlow.now = false
  puts = 0
  await laptop.reload()
  await expect.poll(() => puts, { timeout: 90_000 }).toBe(3) // of five; two were there
  await expect(said(laptop)).toContainText('song.flac')
  await expect(said(laptop)).not.toContainText(/Uploading|waiting/)
  const address = laptop.url()
  await savedEverywhere(laptop)

  const phone = await (await device()).open(await joinLink(laptop))
  await phone.waitForURL((url) => url.pathname !== '/join')
  await phone.goto(address)
  await said(phone).getByRole('link', { name: 'Open song.flac' }).click()
  expect(sha256(await downloaded(phone))).toBe(sha256(bytes))
  for (const path of blobsOn(scratch)) expect(readFileSync(join(scratch, 'data', path)).includes('fLaC')).toBe(false)
})

test('[AT32] an erased conversation takes its files from every device and from the server, and no other', async ({
  device,
  scratch,
}) => {
  const page = await (await device()).open()
  await makePersona(page, 'Ada')
  const room = page.url().replace(/\/chats.*/, '')
  const attach = async (...files: readonly (readonly [name: string, text: string])[]) => {
    await follow(page, `${room}/chats/new`)
    await opened(page)
    const payloads = files.map(([name, text]) => ({ name, mimeType: '', buffer: Buffer.from(text) }))
    await page.getByLabel('Files to attach').setInputFiles(payloads)
    await expect(draftFiles(page)).toHaveCount(files.length)
    await field(page).press('Enter')
    for (const [name] of files) await expect(said(page).getByRole('link', { name: `Open ${name}` })).toBeVisible()
    await expect(said(page)).not.toContainText(/Uploading|waiting/)
  }
  await attach(['kept.txt', 'The same words'])
  await attach(['secret-plans.txt', 'The same words'], ['other-plans.txt', 'Other words'])
  await savedEverywhere(page)
  await expect.poll(() => blobsOn(scratch)).toHaveLength(3)
  expect((await remainsOf(page, 'other-plans.txt')).length).toBeGreaterThan(0)
  for (const text of ['The same words', 'Other words'])
    await expect.poll(async () => (await remainsOf(page, text)).filter((path) => path.includes('/files/'))).toEqual([])

  const talk = page.url()
  const phone = await (await device()).open(await joinLink(page))
  await phone.waitForURL((url) => url.pathname !== '/join')
  await phone.goto(`${room}/files`)
  await phone.getByRole('option', { name: 'other-plans.txt' }).click()
  await expect(phone.getByRole('dialog')).toContainText('Other words')
  await follow(phone, '/personas')

  await follow(page, talk)
  await page.getByRole('button', { name: 'More about this conversation' }).click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await page.getByRole('button', { name: 'Erase for good…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Erase for good' }).click()
  await expect.poll(() => blobsOn(scratch).length).toBe(1)
  for (const device of [page, phone]) await expect.poll(() => remainsOf(device, 'other-plans.txt')).toEqual([])
  await expect.poll(() => heldFiles(page)).toHaveLength(1)
  await expect.poll(() => heldFiles(phone)).toHaveLength(0)
  await follow(page, `${room}/files`)
  await page.getByRole('option', { name: 'kept.txt' }).click()
  await expect(page.getByRole('dialog')).toContainText('The same words')
})

/** The files whose bytes a device holds, sealed. */
const heldFiles = (page: Page): Promise<readonly string[]> =>
  page.evaluate(async () => {
    const found: string[] = []
    const walk = async (folder: FileSystemDirectoryHandle, path: string): Promise<void> => {
      for await (const handle of folder.values()) {
        if (handle instanceof FileSystemDirectoryHandle) await walk(handle, `${path}/${handle.name}`)
        else found.push(`${path}/${handle.name}`)
      }
    }
    const root = await navigator.storage.getDirectory()
    const files = await root.getDirectoryHandle('files').catch(() => undefined)
    if (files !== undefined) await walk(files, '')
    return found
  })

test('[AT33] the room of files: added, filtered, opened, deleted with a way back, removed for good', async ({
  device,
  scratch,
}) => {
  const page = await (await device()).open('/p/attachroom/files')
  await expect(page.getByText('No files yet')).toBeVisible()
  const file = (name: string, text: string) => ({ name, mimeType: '', buffer: Buffer.from(text) })
  await page
    .getByLabel('Files to add')
    .setInputFiles([file('alpha.txt', 'first'), file('beta.csv', 'a,b\n1,2'), file('gamma.svg', svg)])
  const tiles = page.getByRole('option')
  await expect(tiles).toHaveCount(3)
  await expect(page.getByText(/^3 files, .* room for/)).toBeVisible()
  await expect.poll(() => blobsOn(scratch).length).toBe(3)

  await page.getByRole('searchbox', { name: 'Filter by name' }).fill('BETA')
  await expect(tiles).toHaveCount(1)
  await expect(page).toHaveURL(/q=BETA/)
  await page.getByRole('searchbox', { name: 'Filter by name' }).fill('')
  await tiles.filter({ hasText: 'gamma.svg' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog').locator('img')).toBeVisible()
  expect(await page.evaluate(() => 'ranSvg' in globalThis)).toBe(false)
  await page.keyboard.press('Escape')

  await tiles.filter({ hasText: 'alpha.txt' }).focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('x')
  await expect(tiles).toHaveCount(2)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(tiles).toHaveCount(3)
  await tiles.filter({ hasText: 'alpha.txt' }).focus()
  await page.keyboard.press('Space')
  await page.getByRole('toolbar', { name: 'Selected files' }).getByRole('button', { name: 'Delete' }).click()
  await page.getByRole('button', { name: 'Trash 1' }).click()
  await tiles.filter({ hasText: 'alpha.txt' }).focus()
  await page.keyboard.press('Space')
  await page.getByRole('button', { name: 'Remove for good…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove for good' }).click()
  await expect(page.getByText('The trash is empty')).toBeVisible()
  await expect.poll(() => blobsOn(scratch).length).toBe(2)
  await expect.poll(() => heldFiles(page)).toHaveLength(2)
})

const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="80" height="60"><script>top.ranSvg = true</script>
  <rect width="80" height="60" fill="teal"/></svg>`

test('[AT34] neither the room of files nor an open file has anything that axe finds serious', async ({ device }) => {
  const page = await (await device({ dark: true })).open('/p/attachaxe/files')
  await page
    .getByLabel('Files to add')
    .setInputFiles([{ name: 'alpha.txt', mimeType: '', buffer: Buffer.from('first') }])
  await expect(page.getByRole('option')).toHaveCount(1)
  expect(await seriousNow(page)).toEqual([])
  await page.getByRole('option').click()
  await expect(page.getByRole('dialog')).toContainText('first')
  expect(await seriousNow(page)).toEqual([])
})

test('[AT35] a file is refused before a byte of it is written when this device has no room for it', async ({
  device,
}) => {
  const { context, open } = await device()
  await context.addInitScript(() => {
    navigator.storage.estimate = async () => ({ quota: 100_000_000, usage: 79_999_000 })
  })
  const page = await opened(await open('/p/attachfull/chats/new'))
  const attach = (name: string, length: number) =>
    page
      .getByLabel('Files to attach')
      .setInputFiles({ name, mimeType: '', buffer: Buffer.from('word '.repeat(length / 5)) })
  await attach('large.txt', 1500)
  await expect(page.getByRole('alert')).toContainText('has 1 MB left, and this takes 1 MB')
  expect(await heldFiles(page)).toEqual([])
  await attach('small.txt', 500)
  await expect(draftFiles(page)).toHaveCount(1)
  await expect.poll(() => heldFiles(page)).toHaveLength(1)
})

test('[AT62] [ST33] in the room of pictures those of all personas are shown by month, filtered by persona, walked by keys, and lead to where they were said', async ({
  device,
}) => {
  const page = await (await device()).open()
  const sent = async (name: string) => {
    await page.getByLabel('Files to attach').setInputFiles({ name, mimeType: '', buffer: await pictureOf(page) })
    await expect(draftFiles(page)).toHaveCount(1)
    await field(page).fill(`This is ${name}`)
    await field(page).press('Enter')
    await expect(said(page).getByRole('link', { name: `Open ${name}` })).toBeVisible()
    await expect(said(page)).not.toContainText(/Uploading|waiting/, { timeout: 30_000 })
  }
  await page.goto('/pictures')
  await expect(page.getByText('No pictures yet')).toBeVisible({ timeout: 45_000 })
  for (const [name, file] of [
    ['Ada', 'harbour.png'],
    ['Boris', 'garden.png'],
  ] as const) {
    await page.goto('/')
    await makePersona(page, name)
    await sent(file)
    // As soon as the workspace was told.
    const inRail = rail(page).getByRole('link', { name }).locator('img[src^="blob:"]')
    await expect(inRail).toBeVisible({ timeout: 30_000 })
  }
  await savedEverywhere(page)
  await page.goto('/pictures')
  const tiles = page.getByRole('option')
  await expect(tiles).toHaveCount(2, { timeout: 45_000 })
  await expect(tiles.locator('img[src^="blob:"]')).toHaveCount(2)
  await expect(rail(page).getByRole('link', { name: /Ada/ }).locator('img[src^="blob:"]')).toBeVisible()
  // What the page before had open is let go of a moment later.
  await expect.poll(() => openStores(page)).toEqual([expect.stringMatching(/^workspace_/)])
  await expect(page.getByText('2 pictures of 2 personas')).toBeVisible()
  expect(await seriousInAllLooks(page)).toEqual([])

  await tiles.first().focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  const viewer = page.getByRole('dialog')
  await expect(viewer).toContainText('harbour.png', { timeout: 30_000 })
  await page.keyboard.press('ArrowLeft')
  await expect(viewer).toContainText('garden.png', { timeout: 30_000 })
  // The store of a persona opens while her room is still on its way.
  const letIn = await holdUp(page, /\/assets\/chats-[^/]+\.js$/)
  await viewer.getByRole('link', { name: 'Where it was said' }).click()
  await expect.poll(() => openStores(page)).toContainEqual(expect.stringMatching(/^persona_/))
  await expect(said(page)).toHaveCount(0)
  letIn()
  await expect(said(page)).toContainText('This is garden.png')

  const phone = await (await device({ phone: true })).open(await joinLink(page))
  await phone.waitForURL((url) => url.pathname !== '/join')
  await phone.goto('/pictures')
  await expect(phone.getByRole('option').locator('img[src^="blob:"]')).toHaveCount(2, { timeout: 60_000 })
  await phone.getByRole('combobox', { name: 'Persona' }).click()
  await phone.getByRole('option', { name: 'Ada', exact: true }).click()
  await expect(phone.getByText('1 picture', { exact: true })).toBeVisible()
})

test('[AT63] the rail shows the latest picture of a persona once this device has it, opens no store for it, and no longer when it is erased', async ({
  device,
}) => {
  const page = await (await device()).open()
  await makePersona(page, 'Ada')
  await page
    .getByLabel('Files to attach')
    .setInputFiles({ name: 'secret-view.png', mimeType: '', buffer: await pictureOf(page) })
  await expect(draftFiles(page)).toHaveCount(1)
  await field(page).press('Enter')
  const inRail = (page: Page) => rail(page).getByRole('link', { name: /Ada/ }).locator('img[src^="blob:"]')
  await expect(inRail(page)).toBeVisible({ timeout: 30_000 })
  await savedEverywhere(page)
  const talk = page.url()

  const other = await (await device()).open(await joinLink(page))
  await other.waitForURL((url) => url.pathname !== '/join')
  await other.goto('/dashboard')
  await expect(rail(other).getByRole('link', { name: /Ada/ })).toBeVisible({ timeout: 45_000 })
  await expect(inRail(other)).toHaveCount(0) // it never was on this device

  await page.goto(talk)
  await page.getByRole('button', { name: 'More about this conversation' }).click({ timeout: 45_000 })
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await page.getByRole('button', { name: 'Erase for good…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Erase for good' }).click()
  await expect(inRail(page)).toHaveCount(0, { timeout: 60_000 })
  await expect.poll(() => heldFiles(page), { timeout: 60_000 }).toEqual([])
  await expect.poll(() => picturesNoted(page), { timeout: 30_000 }).toBe(0)
})

const pictureOf = async (page: Page) => Buffer.from(await drawn(page, 800, 600), 'base64')

/** Which stores this page has open, by the locks of their leaders. */
const openStores = (page: Page): Promise<readonly string[]> =>
  page.evaluate(async () => {
    const { held = [] } = await navigator.locks.query()
    return held.flatMap(({ name = '' }) => (name.startsWith('livestore-tab-lock-') ? [name.slice(19)] : []))
  })

const picturesNoted = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open('pjai')
        opening.onerror = () => reject(opening.error)
        opening.onsuccess = () => {
          const counting = opening.result.transaction('pictures').objectStore('pictures').count()
          counting.onsuccess = () => {
            opening.result.close()
            resolve(counting.result)
          }
        }
      }),
  )

test('[AT64] a PDF is shown page by page in the viewer, its text over its pages, and says how many pages it has; one that is damaged says so', async ({
  device,
}) => {
  const page = await (await device()).open('/p/attachpdf/files')
  const complaints: string[] = []
  page.on('console', (message) => {
    if (/Content Security Policy/.test(message.text())) complaints.push(message.text())
  })
  const pdf = pdfOf(['Tea in the morning', 'Coffee at noon', 'Water at night'])
  await page.getByLabel('Files to add').setInputFiles(
    [
      { name: 'drinks.pdf', mimeType: '', buffer: pdf },
      { name: 'broken.pdf', mimeType: '', buffer: Buffer.from('%PDF-1.7\nand nothing of it') },
    ],
    { timeout: 45_000 },
  )
  await expect(page.getByRole('option', { name: 'drinks.pdf' })).toContainText('3 pages', { timeout: 30_000 })
  await page.getByRole('option', { name: 'drinks.pdf' }).click()
  const viewer = page.getByRole('dialog')
  const first = viewer.getByRole('region', { name: 'Page 1 of 3' })
  await expect(first).toContainText('Tea in the morning', { timeout: 30_000 })
  expect(await first.locator('canvas').evaluate(darkPixels)).toBeGreaterThan(200)
  await viewer.getByRole('region', { name: 'Page 3 of 3' }).scrollIntoViewIfNeeded()
  await expect(viewer.getByRole('region', { name: 'Page 3 of 3' })).toContainText('Water at night')
  expect(await seriousInAllLooks(page)).toEqual([])
  expect(complaints).toEqual([])
  expect(sha256(await downloaded(page))).toBe(sha256(pdf))
  await page.keyboard.press('Escape')
  await page.getByRole('option', { name: 'broken.pdf' }).click()
  await expect(viewer.getByRole('alert')).toContainText('cannot be shown', { timeout: 30_000 })
})

const darkPixels = (canvas: SVGElement | HTMLElement) => {
  if (!(canvas instanceof HTMLCanvasElement)) return 0
  const pixels = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height).data
  let dark = 0
  for (let at = 0; at < pixels.length; at += 4) if (pixels[at]! < 100 && pixels[at + 3]! > 0) dark++
  return dark
}

test('[AT71] a file is given by a link from its viewer; whoever has the link downloads it with no workspace of his own; its owner sees how often, and revokes it', async ({
  device,
  scratch,
}) => {
  const page = await (await device()).open()
  await makePersona(page, 'Ada')
  const room = page.url().replace(/\/chats.*/, '')
  await page.goto(`${room}/files`)
  const picture = await pictureOf(page)
  await page
    .getByLabel('Files to add')
    .setInputFiles([{ name: 'harbour.png', mimeType: '', buffer: picture }], { timeout: 45_000 })
  await page.getByRole('option', { name: 'harbour.png' }).click()
  const blobsOfFile = 2 // itself and its thumbnail
  await expect.poll(() => blobsOn(scratch).length, { timeout: 30_000 }).toBe(blobsOfFile)
  const viewer = page.getByRole('dialog')
  await viewer.getByRole('button', { name: 'Share', exact: true }).click()
  await viewer.getByRole('button', { name: 'Create link' }).click()
  const link = viewer.getByLabel('Link to send')
  await expect(link).toHaveValue(/\/file#\w{26}\.[\w-]{43}$/, { timeout: 30_000 })
  await expect(viewer.getByRole('region', { name: 'Share by link' })).toContainText('not downloaded yet')
  expect(await seriousInAllLooks(page)).toEqual([])
  const address = await link.inputValue()
  expect(blobsOn(scratch).length).toBe(blobsOfFile + 1)

  const stranger = await (await device()).open(address)
  await expect(stranger.getByRole('heading', { name: 'harbour.png' })).toBeVisible({ timeout: 30_000 })
  await expect(stranger.getByRole('img', { name: 'harbour.png' })).toBeVisible({ timeout: 30_000 })
  expect(new URL(stranger.url()).hash).toBe('')
  expect(await openStores(stranger)).toEqual([])
  const download = stranger.waitForEvent('download')
  await stranger.getByRole('button', { name: 'Download' }).click()
  expect(sha256(readFileSync(await (await download).path()))).toBe(sha256(picture))
  expect(await seriousInAllLooks(stranger)).toEqual([])
  await stranger.goto(address.slice(0, -3)) // in the same tab, where only the fragment is another
  await expect(stranger.getByText('This link leads to no file')).toBeVisible()

  await page.goto(`${room}/sharing`)
  const files = page.getByRole('region', { name: 'Files' })
  await expect(files).toContainText('downloaded once', { timeout: 45_000 })
  await page.goto(`${room}/access`)
  await expect(page.getByText('Somebody downloaded a file by its public link.')).toBeVisible({ timeout: 45_000 })
  await page.goto(`${room}/sharing`)
  await files.getByRole('button', { name: 'Revoke the link to harbour.png' }).click({ timeout: 45_000 })
  await expect(files).toContainText('revoked')
  expect(blobsOn(scratch).length).toBe(blobsOfFile)
  await stranger.goto(address)
  await expect(stranger.getByText('This link was revoked by its owner.')).toBeVisible({ timeout: 30_000 })
})
