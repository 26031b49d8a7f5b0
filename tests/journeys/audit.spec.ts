import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, follow, test } from '#tests/support/journey.ts'
import { seriousInAllLooks } from '#tests/support/looks.ts'
import { makePersona, rail } from '#tests/support/personas.ts'
import { addMemory, memoryRow, revoke, shareAda, toRoom } from '#tests/support/sharing.ts'

const synced = (page: Page) => expect(page.getByText('saved everywhere')).toBeVisible()

/** What the persona says and nobody else does. */
const word = 'quincunx'

test('[AU10] a redacted auditor verifies the log in his own browser, sees how it is made and not a word of it, until it is revoked', async ({
  device,
  folder,
}) => {
  test.setTimeout(480_000) // four rooms are judged in three looks each
  const owner = await (await device()).open()
  await makePersona(owner, 'Ada')
  await addMemory(owner, `Ada planted a ${word} of pear trees.`)
  await synced(owner)
  const link = await shareAda(owner, 'Auditor', { redacted: true })
  await expect(owner.getByText('Auditor, redacted · ')).toBeVisible()
  expect(await seriousInAllLooks(owner)).toEqual([])

  const theirs = await device({ profile: 'auditor' })
  const page = await theirs.context.newPage()
  const bodies = receivedBy(page)
  await page.goto(link)
  await expect(page.getByText('shared with you · auditor, redacted')).toBeVisible()
  await expect(page.getByText('Its owner sees that you open this link')).toBeVisible()
  expect(await seriousInAllLooks(page)).toEqual([])
  await page.getByRole('button', { name: 'Open the audit' }).click()
  await expect(page.getByRole('region', { name: 'Intact' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Complete' })).toBeVisible()
  await expect(page.getByText('The owner vouches for the key that the server signs with.')).toBeVisible()
  await expect(page.getByText('what a device of the owner verified and signed')).toBeVisible()
  expect(await seriousInAllLooks(page)).toEqual([])

  await page.getByRole('button', { name: 'Subject 1', exact: true }).click()
  await expect(page).toHaveURL(/view=events/)
  await expect(page.getByRole('region', { name: 'Events of the log' }).getByText('Subject 1').first()).toBeVisible()
  await expect(page.getByRole('status').filter({ hasText: /^\d+ of \d+$/ })).toBeVisible()
  expect(await seriousInAllLooks(page)).toEqual([])

  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export the report' }).click()
  const report = await readFile(await (await download).path(), 'utf8')
  expect(JSON.parse(report)).toMatchObject({ verdicts: { intact: true, complete: true }, redacted: true })
  await expect(rail(page).getByRole('link', { name: /^Ada/ })).toHaveCount(0) // nothing came into the workspace

  await toRoom(owner, 'access')
  for (const did of [
    'opened the link “Boris”',
    'read its log by the link “Boris”',
    'exported the report of an audit by',
  ])
    await expect(owner.getByText(new RegExp(`^Another account \\(\\w{6}\\) ${did}`)).first()).toBeVisible()

  const sealedFor = (token: string) =>
    page.evaluate(async (token) => {
      const headers = { 'Content-Type': 'application/json' }
      const init = { method: 'POST', headers, body: JSON.stringify({ token }) }
      return (await (await fetch('/api/shares/look', init)).json()).sealed as string
    }, token)
  const token = /#(\w{26})/.exec(link)?.[1] ?? ''
  const before = await sealedFor(token)
  await shareAda(owner, 'Viewer', { label: 'Cem' })
  await owner.getByRole('button', { name: 'Revoke Cem' }).click()
  await owner.getByRole('button', { name: 'Revoke it now' }).click()
  await expect.poll(() => owner.evaluate(() => Object.keys(localStorage).join())).not.toContain('keysOwed')
  expect(await sealedFor(token)).toBe(before) // the next generation of keys is not handed over either

  await revoke(owner)
  await page.getByRole('button', { name: 'Verify again' }).click()
  await expect(page.getByText('This audit has ended')).toBeVisible()
  await expect(page.getByText('This share was revoked.')).toBeVisible()
  expect(await readLog(page, `persona_${/\/p\/(\w+)/.exec(owner.url())?.[1]}`)).toBe(403)

  await theirs.close() // what has no end until then has one now
  const received = await bodies()
  expect(received.filter((body) => body !== '').length).toBeGreaterThan(10)
  expect(received.filter((body) => body.includes(word))).toEqual([])
  const files = await filesUnder(join(folder, 'auditor'))
  expect(files.length).toBeGreaterThan(20)
  for (const path of files) {
    const bytes = await readFile(path)
    expect([path, bytes.includes(word), bytes.includes(Buffer.from(word, 'utf16le'))]).toEqual([path, false, false])
  }
})

test('[AU11] an auditor who may read has the persona in his workspace, writes nothing, and verifies its log', async ({
  device,
}) => {
  const owner = await (await device()).open()
  await makePersona(owner, 'Ada')
  await addMemory(owner, `Ada planted a ${word} of pear trees.`)
  await synced(owner)
  const link = await shareAda(owner, 'Auditor')
  const page = await (await device()).open(link)
  await expect(page.getByText('Its owner sees that you open this link')).toBeVisible()
  await page.getByRole('button', { name: 'Add to my personas' }).click()
  await page.waitForURL(/chats/)
  await toRoom(page, 'memories')
  await expect(memoryRow(page, word)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Add memory' })).toHaveCount(0)
  await toRoom(page, 'access')
  await page.getByRole('link', { name: 'Verify its log' }).click()
  await expect(page.getByRole('region', { name: 'Intact' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Complete' })).toBeVisible()
  await toRoom(owner, 'access')
  await expect(owner.getByText(/^Another account \(\w{6}\) opened the link “Boris”/).first()).toBeVisible()
})

test('[AU12] an audit that is not there, is no more, or cannot be reached says so and what to do', async ({
  device,
}) => {
  const owner = await (await device()).open()
  await makePersona(owner, 'Ada')
  await synced(owner)
  const link = await shareAda(owner, 'Auditor', { redacted: true })
  const own = await owner.context().newPage()
  await own.goto(link)
  await expect(own.getByText('This persona is your own.')).toBeVisible()

  const theirs = await device()
  const page = await theirs.open('/audit')
  await expect(page.getByText('No audit was opened on this device')).toBeVisible()
  await page.goto('/audit?persona=neverheard')
  await expect(page.getByText('This log cannot be verified now')).toBeVisible()
  await expect(page.getByText('Open the link that its owner sent you.')).toBeVisible()
  await page.goto(link)
  await page.getByRole('button', { name: 'Open the audit' }).click()
  await expect(page.getByRole('region', { name: 'Intact' })).toBeVisible()
  await follow(page, '/audit')
  await page.getByRole('link', { name: 'Ada' }).click()
  await expect(page.getByRole('region', { name: 'Intact' })).toBeVisible()
  await expect(page.getByText('held against what this device saw before')).toBeVisible()

  await theirs.context.setOffline(true)
  await page.getByRole('button', { name: 'Verify again' }).click()
  await expect(page.getByText('The server does not answer.')).toBeVisible()
  await theirs.context.setOffline(false)
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByRole('region', { name: 'Complete' })).toBeVisible()

  await revoke(owner)
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange'))) // he comes back to the page
  await expect(page.getByRole('alert').filter({ hasText: 'This audit has ended' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Export the report' })).toHaveCount(0)
  await page.getByRole('button', { name: 'Verify again' }).click()
  await page.getByRole('link', { name: 'Forget it on this device' }).click()
  await follow(page, '/audit')
  await expect(page.getByText('No audit was opened on this device')).toBeVisible()
})

/** All that the server answered to a page, its sockets included. */
const receivedBy = (page: Page) => {
  const answers: Promise<string>[] = []
  const frames: string[] = []
  page.on('response', (response) => answers.push(response.text().catch(() => '')))
  page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => frames.push(String(payload))))
  return async () => [...(await Promise.all(answers)), ...frames]
}

const readLog = (page: Page, storeId: string) =>
  page.evaluate(async (storeId) => (await fetch(`/api/stores/${storeId}/log`)).status, storeId)

const filesUnder = async (folder: string): Promise<readonly string[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}
