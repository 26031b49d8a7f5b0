import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { exportBundle, withoutSavePicker } from '#tests/support/export-bundle.ts'
import { type Device, expect, follow, test } from '#tests/support/journey.ts'
import { seriousInAllLooks } from '#tests/support/looks.ts'
import { bringSample } from '#tests/support/personas.ts'

const verdict = (page: Page) => page.getByRole('region', { name: 'Verify a bundle' }).getByRole('alert')

/** A sample persona whose log is whole on the server. */
const samplePersona = async (device: Device) => {
  await withoutSavePicker(device)
  const page = await device.open()
  return { page, personaId: await bringSample(page) }
}

test('[BU12] a bundle is verified in the app without taking anything of it in: both verdicts, what is wrong and where, and what is no bundle at all', async ({
  device,
  folder,
}) => {
  test.setTimeout(300_000)
  const { page, personaId } = await samplePersona(await device())
  const path = join(folder, 'juniper.persona')
  await exportBundle(page, personaId, path)
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
  await writeFile(join(folder, 'changed.persona'), changed)
  await choose(join(folder, 'changed.persona'))
  await expect(verdict(page)).toContainText('changed.persona is broken')
  await expect(verdict(page)).toContainText('Event 1 is not what was chained')

  await writeFile(join(folder, 'cut.persona'), bytes.subarray(0, 5000))
  await choose(join(folder, 'cut.persona'))
  await expect(verdict(page)).toContainText('cut.persona: at byte 5000, in events.ndjson')
})
