import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { memoryEvents } from '#schema/memories/events.ts'
import { commitIn } from '#tests/support/commit-in.ts'
import { exportBundle, passphrase, withoutSavePicker } from '#tests/support/export-bundle.ts'
import { expect, test } from '#tests/support/journey.ts'
import { makePersona } from '#tests/support/personas.ts'
import { addMemory, memoryRow, shareAda, toRoom } from '#tests/support/sharing.ts'

test('[AD1] [CM11] [BU11] [LG16] of three hundred edits the middle is read, compared with now and restored; the bundle verifies without a server, with the hash that the app shows, and the auditor’s link in another browser', async ({
  device,
  server,
  scratch,
}) => {
  test.setTimeout(480_000)
  const owners = await device()
  await withoutSavePicker(owners)
  const page = await owners.open()
  await makePersona(page, 'Ada')
  await addMemory(page, 'Drinks cup 0 of tea')
  const [, personaId = '', memoryId = ''] = /\/p\/(\w+).*memory=(\w+)/.exec(page.url()) ?? []
  await commitIn(page, `persona_${personaId}`, threeHundredEdits(personaId, memoryId))
  await expect(memoryRow(page, 'Drinks cup 300 of tea')).toBeVisible()

  // Back to the middle of the log.
  await toRoom(page, 'memories?at=999999')
  const bar = page.getByRole('region', { name: 'The past' })
  await expect(bar).toContainText('Revised a memory: “Drinks cup 300 of tea”.')
  const slider = page.getByRole('slider', { name: 'Event of the log' })
  await slider.fill(String(Math.round(Number(await slider.inputValue()) / 2)))
  await expect(bar).toContainText(/Revised a memory: “Drinks cup 1[45]\d of tea”\./)
  const old = /Drinks cup \d+ of tea/.exec(await bar.innerText())?.[0] ?? ''
  await memoryRow(page, old).click()
  const pane = page.getByRole('region', { name: 'Memory' })
  await expect(pane.getByText(old)).toBeVisible()
  const event = new URL(page.url()).searchParams.get('at')
  await bar.getByRole('button', { name: 'Back to now' }).click()

  // What it was beside what it is, and what it was again.
  await expect(pane.getByText('Drinks cup 300 of tea')).toBeVisible()
  await page.keyboard.press('h')
  const version = pane.getByRole('listitem').filter({ hasText: `event ${event}` })
  await version.getByRole('button', { name: 'Diff to now' }).click()
  const compared = page.getByRole('region', { name: 'Two versions compared' })
  await expect(compared.getByRole('insertion')).toHaveText('300')
  await version.getByRole('button', { name: 'Restore this version' }).click()
  await expect(memoryRow(page, old)).toBeVisible()
  await expect(pane.getByRole('listitem')).toHaveCount(302)
  await expect(page.getByText('saved everywhere')).toBeVisible()

  // The file of it, and who heard that it was made.
  await toRoom(page, 'log')
  await page.getByRole('link', { name: 'Verify this log' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Nothing is wrong' })).toBeVisible({ timeout: 120_000 })
  const shown = await page.getByText(/^[0-9a-f]{64}$/).innerText()
  await toRoom(page, 'bundle')
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  await expect(page.getByText('Say the passphrase that is to open it.')).toBeVisible()
  const path = join(scratch, 'ada.persona')
  expect(await exportBundle(page, personaId, path)).toBe('Ada.persona')
  await toRoom(page, 'access')
  await expect(page.getByText('You exported it on this device.')).toBeVisible()

  const link = await shareAda(page, 'Auditor')
  const theirs = await (await device({ profile: 'auditor' })).open(link)
  await theirs.getByRole('button', { name: 'Add to my personas' }).click()
  await theirs.waitForURL(/chats/)
  await toRoom(theirs, 'access')
  await theirs.getByRole('link', { name: 'Verify its log' }).click()
  await expect(theirs.getByRole('region', { name: 'Intact' })).toBeVisible()
  await expect(theirs.getByRole('region', { name: 'Complete' })).toBeVisible()

  await server.kill()
  await writeFile(join(scratch, 'passphrase'), passphrase)
  const opened = ['--passphrase-file', join(scratch, 'passphrase'), '--json']
  const verified = await pjai('verify', path, '--json')
  expect(verified).toMatchObject({ isIntact: true, isComplete: true, findings: [], storeId: `persona_${personaId}` })
  expect(await pjai('log', path, ...opened)).toHaveLength(verified.events)
  const state = await pjai('replay', path, '--out', join(scratch, 'state.sqlite'), ...opened)
  expect(state).toMatchObject({ head: verified.events, hash: shown })
  expect(JSON.stringify(await pjai('diff', path, String(event), String(verified.events), ...opened))).toContain(
    'memories',
  )
})

const threeHundredEdits = (personaId: string, memoryId: string) =>
  Array.from({ length: 300 }, (_, edit) =>
    memoryEvents.memoryContentRevised({
      memoryId,
      personaId,
      content: `Drinks cup ${edit + 1} of tea`,
      revisedAt: new Date(Date.UTC(2026, 0, 1) + edit * 3_600_000),
      actorId: 'ada',
      deviceId: 'laptop',
    }),
  )

const run = promisify(execFile)

const pjai = async (...args: readonly string[]) => {
  const { stdout } = await run(process.execPath, ['--import', 'tsx', 'cli/main.ts', ...args], {
    maxBuffer: 100_000_000,
  })
  return JSON.parse(stdout)
}
