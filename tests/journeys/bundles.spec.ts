import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Page } from '@playwright/test'
import { type Device, expect, follow, test } from '#tests/support/journey.ts'
import { seriousInAllLooks } from '#tests/support/looks.ts'

const passphrase = 'three otters in a boat'
const verdict = (page: Page) => page.getByRole('region', { name: 'Verify a bundle' }).getByRole('alert')

/** A sample persona whose log is whole on the server. The browser is one where nobody chooses where a file goes. */
const samplePersona = async (device: Device) => {
  await device.context.addInitScript(() => Reflect.deleteProperty(window, 'showSaveFilePicker'))
  const page = await device.open()
  await page.getByRole('button', { name: 'Try a sample workspace' }).click()
  await page.waitForURL(/\/p\/.*\/chats/)
  await expect(page.getByText('saved everywhere')).toBeVisible()
  return { page, personaId: /\/p\/(\w+)/.exec(page.url())?.[1] ?? '' }
}

const exported = async (page: Page, personaId: string, path: string) => {
  await follow(page, `/p/${personaId}/bundle`)
  await page.getByRole('textbox', { name: 'Passphrase' }).fill(passphrase)
  await page.getByRole('textbox', { name: 'Once more' }).fill(passphrase)
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  await (await download).saveAs(path)
  await expect(page.getByRole('status').filter({ hasText: /is saved: [\d,]+ events/ })).toBeVisible()
  return (await download).suggestedFilename()
}

test('[CM11] [BU11] on a bundle that the app exported, verify, log, replay and diff work without a server, and the hash of the state is the one that the app shows', async ({
  device,
  server,
  scratch,
}) => {
  test.setTimeout(300_000)
  const { page, personaId } = await samplePersona(await device())
  await follow(page, `/p/${personaId}/verify`)
  await expect(page.getByRole('status').filter({ hasText: 'Nothing is wrong' })).toBeVisible({ timeout: 120_000 })
  const shown = await page.getByText(/^[0-9a-f]{64}$/).innerText()

  await follow(page, '/personas')
  await page.getByRole('button', { name: 'Actions for Juniper' }).click()
  await page.getByRole('menuitem', { name: 'Export as a bundle' }).click()
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  await expect(page.getByText('Say the passphrase that is to open it.')).toBeVisible()
  const path = join(scratch, 'juniper.persona')
  expect(await exported(page, personaId, path)).toBe('Juniper.persona')
  await follow(page, `/p/${personaId}/access`)
  await expect(page.getByText('You exported it on this device.')).toBeVisible()
  await server.kill()

  await writeFile(join(scratch, 'passphrase'), passphrase)
  const opened = ['--passphrase-file', join(scratch, 'passphrase'), '--json']
  const verified = await pjai('verify', path, '--json')
  expect(verified).toMatchObject({ isIntact: true, isComplete: true, findings: [], storeId: `persona_${personaId}` })
  const log = await pjai('log', path, ...opened)
  expect(log).toHaveLength(verified.events)
  const state = await pjai('replay', path, '--out', join(scratch, 'state.sqlite'), ...opened)
  expect(state).toMatchObject({ head: verified.events, hash: shown })
  const diff = await pjai('diff', path, '0', String(verified.events), ...opened)
  expect(JSON.stringify(diff)).toContain('memories')
})

test('[BU12] a bundle is verified in the app without taking anything of it in: both verdicts, what is wrong and where, and what is no bundle at all', async ({
  device,
  scratch,
}) => {
  test.setTimeout(300_000)
  const { page, personaId } = await samplePersona(await device())
  const path = join(scratch, 'juniper.persona')
  await exported(page, personaId, path)
  const choose = (file: string) => page.locator('input[type="file"]').setInputFiles(file)

  await follow(page, '/bundle')
  await choose(path)
  await expect(verdict(page)).toContainText('juniper.persona is intact and complete', { timeout: 60_000 })
  await expect(verdict(page)).toContainText(`persona_${personaId}`)
  expect(await seriousInAllLooks(page)).toEqual([])

  const bytes = await readFile(path)
  const at = bytes.indexOf('"args":"{') + 40
  const changed = Buffer.from(bytes)
  changed[at] = changed[at] === 65 ? 66 : 65
  await writeFile(join(scratch, 'changed.persona'), changed)
  await choose(join(scratch, 'changed.persona'))
  await expect(verdict(page)).toContainText('changed.persona is broken')
  await expect(verdict(page)).toContainText('Event 1 is not what was chained')

  await writeFile(join(scratch, 'cut.persona'), bytes.subarray(0, 5000))
  await choose(join(scratch, 'cut.persona'))
  await expect(verdict(page)).toContainText('cut.persona: at byte 5000, in events.ndjson')
})

const run = promisify(execFile)

const pjai = async (...args: readonly string[]) => {
  const { stdout } = await run('npx', ['tsx', 'cli/main.ts', ...args], { maxBuffer: 100_000_000 })
  return JSON.parse(stdout)
}
