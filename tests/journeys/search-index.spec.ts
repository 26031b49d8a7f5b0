import type { Page } from '@playwright/test'
import { joinLink } from '#tests/support/join-link.ts'
import { expect, follow, test } from '#tests/support/journey.ts'
import { makePersona, remember, roomOf } from '#tests/support/personas.ts'
import { remainsOf } from '#tests/support/remains.ts'
import { findEverywhere } from '#tests/support/search-channel.ts'

/** Writes over the file of the index as a dying disk would, while no page of the app has it. */
const damageIndex = async (page: Page) => {
  await page.goto('/icon.svg')
  await expect
    .poll(() =>
      page.evaluate(async () => {
        const root = await navigator.storage.getDirectory()
        const pool = await (await root.getDirectoryHandle('pjai-search')).getDirectoryHandle('.opaque')
        let largest: { readonly handle: FileSystemFileHandle; readonly size: number } | undefined
        for await (const handle of pool.values())
          if (handle instanceof FileSystemFileHandle) {
            const { size } = await handle.getFile()
            if (size > (largest?.size ?? 0)) largest = { handle, size }
          }
        if (largest === undefined) return false
        try {
          const writable = await largest.handle.createWritable({ keepExistingData: true })
          // Behind the header of the pool and the first page, where the tables begin.
          await writable.write({
            type: 'write',
            position: 8192 + 200,
            data: new Uint8Array(largest.size - 9000).fill(7),
          })
          await writable.close()
          return true
        } catch {
          return false // the worker of the page before has not let go of it
        }
      }),
    )
    .toBe(true)
}

test('[SF1] [SF2] [SF5] [SF8] what is said anywhere is found on every device, and what is erased nowhere', async ({
  device,
}) => {
  const laptop = await (await device({ indexes: true })).open()
  await makePersona(laptop, 'Ada')
  const room = roomOf(laptop)
  await remember(laptop, room, 'Hides the key under the blue pot')
  await remember(laptop, room, 'Likes tea from a pot')
  await expect(laptop.getByText('saved everywhere')).toBeVisible()
  const both = ['Hides the key under the blue pot', 'Likes tea from a pot']
  await expect.poll(() => findEverywhere(laptop, 'pot')).toEqual(both)

  // A device that never opened the persona.
  const other = await device({ indexes: true })
  const phone = await other.open(await joinLink(laptop))
  await phone.waitForURL((url) => url.pathname !== '/join')
  await phone.goto('/settings')
  await expect.poll(() => findEverywhere(phone, 'pot')).toEqual(both)
  const second = await other.open('/settings')
  await expect.poll(() => findEverywhere(second, 'pot')).toEqual(both)
  await phone.close()
  await expect.poll(() => findEverywhere(second, 'pot')).toEqual(both)

  await follow(laptop, `${room}/memories`)
  await laptop.getByRole('option').filter({ hasText: 'blue pot' }).click()
  await laptop.getByRole('button', { name: /^Forget \(/ }).click()
  await expect.poll(() => findEverywhere(laptop, 'pot')).toEqual(both.slice(1))
  await follow(laptop, `${room}/memories?show=forgotten`)
  await laptop.getByRole('option').filter({ hasText: 'blue pot' }).click()
  await laptop.getByRole('button', { name: 'Erase for good…' }).click()
  await laptop.getByRole('dialog').getByRole('button', { name: 'Erase for good' }).click()
  await expect.poll(() => findEverywhere(second, 'pot')).toEqual(both.slice(1))
  for (const page of [laptop, second]) await expect.poll(() => remainsOf(page, 'blue pot')).toEqual([])

  await damageIndex(second)
  await second.goto('/settings')
  await expect.poll(() => findEverywhere(second, 'pot')).toEqual(both.slice(1))
})
