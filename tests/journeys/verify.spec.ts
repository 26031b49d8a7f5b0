import type { Page } from '@playwright/test'
import { type Device, expect, follow, test, untilInstalled } from '#tests/support/journey.ts'
import { seriousInAllLooks } from '#tests/support/looks.ts'
import { addMemory, makePersona } from '#tests/support/personas.ts'

const verdict = (page: Page) => page.getByRole('main').getByRole('status')
const step = (page: Page, title: string) =>
  page.getByRole('list', { name: 'What is verified' }).getByRole('listitem').filter({ hasText: title })
const outcome = (page: Page, title: string) => step(page, title).getByRole('img')

const steps = [
  'The server’s log is intact',
  'The server’s log is complete',
  'This device’s log equals it',
  'Two rebuilds make the same state',
  'The state is what this device keeps and this tab shows',
]

const personaWith = async (device: Device, ...contents: readonly string[]) => {
  const page = await device.open()
  await makePersona(page, 'Ada')
  const personaId = /\/p\/(\w+)/.exec(page.url())?.[1] ?? ''
  await follow(page, `/p/${personaId}/memories`)
  for (const content of contents) await addMemory(page, content)
  await expect(page.getByText('saved everywhere')).toBeVisible()
  return { page, personaId }
}

test('[VF1] [VF3] [VF4] [VF7] a persona is verified whole: the server’s log, this device’s, and the state made twice; without the server, what is here', async ({
  device,
}) => {
  test.setTimeout(240_000)
  const here = await device()
  const { page, personaId } = await personaWith(here, 'Drinks tea')
  await follow(page, '/personas')
  await page.getByRole('button', { name: 'Actions for Ada' }).click()
  await page.getByRole('menuitem', { name: 'Verify', exact: true }).click()
  await expect(page).toHaveURL(new RegExp(`/p/${personaId}/verify`))
  await expect(verdict(page)).toHaveText(
    /^Nothing is wrong: \d+ events, equal on this device up to event \d+; the last/,
    {
      timeout: 120_000,
    },
  )
  for (const title of steps) await expect(outcome(page, title)).toHaveAccessibleName('Verified')
  await expect(step(page, 'The server’s log is intact')).toContainText(/by the key [\w-]{43}/)
  const row = page.getByRole('table', { name: 'Hashes of the tables' }).getByRole('row', { name: /^memories / })
  const [, ...hashes] = await row.getByRole('cell').allInnerTexts()
  expect(new Set(hashes).size).toBe(1)
  expect(await seriousInAllLooks(page)).toEqual([])
  await here.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.getByRole('button', { name: 'Copy the hash of the state' }).click()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    await page.getByText(/^[0-9a-f]{64}$/).innerText(),
  )

  await untilInstalled(page)
  await here.context.setOffline(true)
  await page.getByRole('button', { name: 'Verify again' }).click()
  await expect(verdict(page)).toHaveText(/^What is on this device is sound: \d+ events make the state/)
  await expect(outcome(page, steps[0] ?? '')).toHaveAccessibleName('Not verified')
  await expect(outcome(page, steps[4] ?? '')).toHaveAccessibleName('Verified')
})

test('[VF5] [VF6] a state that is not what its log makes is named, an alert, and made anew', async ({ device }) => {
  test.setTimeout(240_000)
  const here = await device()
  const { page, personaId } = await personaWith(here, 'Drinks tea')
  // Its store is closed where no page of the app is; then the file is as anybody finds it on the disk.
  const other = await here.context.newPage()
  await other.goto('/api/health')
  await page.close()
  const change = { personaId, from: 'Drinks tea', to: 'Drinks gin' }
  // A worker lets go of its files a moment after its page is gone.
  await expect(async () => expect(await other.evaluate(changeState, change)).toBeGreaterThan(0)).toPass()
  await other.goto(`/p/${personaId}/verify`)
  await expect(verdict(other)).toHaveText('One thing is not as it should be.', { timeout: 120_000 })
  const notice = other.getByRole('alert').filter({ hasText: 'The state is not what the log makes' })
  await expect(notice).toContainText(
    /What this device keeps: in memories, 1 row changed, first memory \w+ \(preview\)\./,
  )
  await expect(outcome(other, steps[4] ?? '')).toHaveAccessibleName('Failed')
  await expect(other.getByText('history altered')).toBeVisible()
  await follow(other, '/shards/explore')
  const alert = other.getByRole('alert').filter({ hasText: 'What this device keeps of Ada failed verification' })
  await alert.getByRole('link', { name: 'See it and mend it' }).click()
  await notice.getByRole('button', { name: 'Rebuild the state' }).click()
  await expect(verdict(other)).toHaveText(/^Nothing is wrong/, { timeout: 120_000 })
  await expect(other.getByText('history altered')).toBeHidden()
  await follow(other, `/p/${personaId}/memories`)
  await expect(other.getByText('Drinks tea').first()).toBeVisible()
})

test('[VF1] [VF6] a server that was set back is not complete: the place is named, and the log is saved and offered again', async ({
  device,
  server,
}) => {
  test.setTimeout(300_000)
  const { page, personaId } = await personaWith(await device(), 'Drinks tea')
  await server.kill()
  await server.keepCopy()
  await server.restart()
  await expect(page.getByText('saved everywhere')).toBeVisible()
  await addMemory(page, 'Plays chess')
  await expect(page.getByText('saved everywhere')).toBeVisible()
  await server.kill()
  await server.restartFromCopy()
  await follow(page, `/p/${personaId}/verify`)
  const notice = page.getByRole('alert').filter({ hasText: 'The server’s log is not what was seen of it' })
  await expect(notice).toContainText(/The log ends with event \d+, and this device saw it up to event \d+\./, {
    timeout: 120_000,
  })
  await expect(outcome(page, steps[1] ?? '')).toHaveAccessibleName('Failed')
  await expect(page.getByText('history altered')).toBeVisible()
  const download = page.waitForEvent('download')
  await notice.getByRole('button', { name: 'Save my log as a file' }).click()
  expect((await download).suggestedFilename()).toBe(`log-persona_${personaId}.json`)
  await notice.getByRole('button', { name: 'Fetch again, offer mine' }).click()
  await expect(verdict(page)).toHaveText(/^Nothing is wrong/, { timeout: 120_000 })
  await follow(page, `/p/${personaId}/memories`)
  await expect(page.getByText('Plays chess').first()).toBeVisible()
})

/** Replaces a text by one of the same length in the state of a closed store. Gives in how many places. */
const changeState = async ({
  personaId,
  from,
  to,
}: {
  readonly personaId: string
  readonly from: string
  readonly to: string
}) => {
  const root = await navigator.storage.getDirectory()
  let places = 0
  for await (const folder of root.values()) {
    if (!(folder instanceof FileSystemDirectoryHandle) || !folder.name.startsWith(`livestore-persona_${personaId}@`))
      continue
    for await (const handle of folder.values()) {
      if (!(handle instanceof FileSystemFileHandle)) continue
      const bytes = new Uint8Array(await (await handle.getFile()).arrayBuffer())
      const path = new TextDecoder().decode(bytes.subarray(0, bytes.indexOf(0)))
      if (!path.startsWith('/state') || !path.endsWith('.db')) continue
      const [old, now] = [new TextEncoder().encode(from), new TextEncoder().encode(to)]
      for (let at = 4096; at < bytes.length - old.length; at++) {
        if (!old.every((byte, index) => bytes[at + index] === byte)) continue
        bytes.set(now, at)
        places++
      }
      const file = await handle.createWritable()
      await file.write(bytes)
      await file.close()
    }
  }
  return places
}
