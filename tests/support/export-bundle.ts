import { expect, type Page } from '@playwright/test'
import { type Device, follow } from './journey.ts'

export const passphrase = 'three otters in a boat'

/** A browser in which nobody chooses where a file goes: it is a download. */
export const withoutSavePicker = ({ context }: Device) =>
  context.addInitScript(() => Reflect.deleteProperty(window, 'showSaveFilePicker'))

/** Gives the name that the app suggested for the file. */
export const exportBundle = async (page: Page, personaId: string, path: string) => {
  await follow(page, `/p/${personaId}/bundle`)
  await page.getByRole('textbox', { name: 'Passphrase' }).fill(passphrase)
  await page.getByRole('textbox', { name: 'Once more' }).fill(passphrase)
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  await (await download).saveAs(path)
  await expect(page.getByRole('status').filter({ hasText: /is saved: [\d,]+ events/ })).toBeVisible()
  return (await download).suggestedFilename()
}
