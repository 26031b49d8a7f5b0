import { readFile } from 'node:fs/promises'
import { expect, follow, test, untilInstalled } from '#tests/support/journey.ts'
import { bringSample } from '#tests/support/personas.ts'

test('[RI18] the owner reads who came to a persona, what was exported, and who was turned away', async ({
  device,
  server,
}) => {
  const page = await (await device()).open()
  const personaId = await bringSample(page)
  expect(await turnedAway(server.url, `persona_${personaId}`)).toBe(403)

  await follow(page, '/personas')
  await page.getByRole('button', { name: 'Actions for Juniper' }).click()
  const download = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: 'Export as a file' }).click()
  expect(await readFile(await (await download).path(), 'utf8')).toContain('Juniper')
  await page.getByRole('button', { name: 'Actions for Juniper' }).click()
  await page.getByRole('menuitem', { name: 'Access log' }).click()
  await expect(page.getByText('You exported it on this device.')).toBeVisible()
  await expect(page.getByText('You opened it on this device.')).toBeVisible()

  await follow(page, `/p/${personaId}/access`)
  await page.evaluate(shareAndRevoke, { storeId: `persona_${personaId}`, times: 26 })
  await page.reload()
  await expect(page.getByText('You revoked a share on this device.').first()).toBeVisible()
  await expect(page.getByRole('main').getByRole('listitem')).toHaveCount(50)
  await page.getByRole('button', { name: 'Show older ones' }).click()
  await expect(page.getByText(/^Another account \(\w{6}\) had no right to it/)).toBeVisible()
  await untilInstalled(page)
  await server.kill()
  await page.reload()
  await expect(page.getByText('The server does not answer.')).toBeVisible()
})

const shareAndRevoke = async ({ storeId, times }: { readonly storeId: string; readonly times: number }) => {
  const shares = `/api/stores/${storeId}/shares`
  const headers = { 'Content-Type': 'application/json' }
  for (let left = times; left > 0; left--) {
    const made = await fetch(shares, { method: 'POST', headers, body: '{"role":"viewer"}' })
    const { shareId } = await made.json()
    await fetch(`${shares}/${shareId}`, { method: 'DELETE' })
  }
}

/** A device of nobody comes to the door of a store. */
const turnedAway = async (url: string, storeId: string) => {
  const headers = { 'Content-Type': 'application/json', Origin: url }
  const signedIn = await fetch(`${url}/api/auth/sign-in/anonymous`, { method: 'POST', headers, body: '{}' })
  const Cookie = signedIn.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const answer = await fetch(`${url}/sync?storeId=${storeId}&transport=http`, {
    method: 'POST',
    headers: { ...headers, Cookie },
    body: '{}',
  })
  return answer.status
}
