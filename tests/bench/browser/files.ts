import { createHash, randomBytes } from 'node:crypto'
import { createReadStream, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { atMost, type Measured, measured } from '#tests/bench/figure.ts'
import { type Lab, tabOf } from '#tests/bench/lab.ts'
import { joinLink } from '#tests/support/join-link.ts'

const bytes = 104_857_600
const chunk = 4_194_304

/** The largest file there may be: into one device, up, and down on a second one, where its hash is the same. */
export const filesBench = async (lab: Lab): Promise<readonly Measured[]> => {
  const appUrl = await lab.appUrl()
  const file = join(lab.scratch, 'large.flac')
  writeFileSync(file, Buffer.concat([Buffer.from('fLaC'), randomBytes(bytes - 4)]))
  const [here, there] = [tabOf(await lab.device()), tabOf(await lab.device())]
  await here.goto(`${appUrl}/p/filesbench/files`)
  const input = here.getByLabel('Files to add')
  await input.waitFor({ state: 'attached', timeout: 60_000 })

  const addedAt = performance.now()
  await input.setInputFiles(file)
  const tile = here.getByRole('option', { name: 'large.flac' })
  await tile.waitFor({ timeout: 120_000 })
  const keptAt = performance.now()
  await untilUploaded(here)
  const sentAt = performance.now()

  await there.goto(await joinLink(here))
  await there.waitForURL((url) => url.pathname !== '/join')
  await there.goto(`${appUrl}/p/filesbench/files`)
  const arrived = there.getByRole('option', { name: 'large.flac' })
  await arrived.waitFor({ timeout: 120_000 })
  const askedAt = performance.now()
  await arrived.click()
  const button = there.getByRole('dialog').getByRole('button', { name: 'Download' })
  await button.and(there.locator(':enabled')).waitFor({ timeout: 180_000 })
  const fetchedAt = performance.now()
  const download = there.waitForEvent('download')
  await button.click()
  const [wanted, found] = await Promise.all([hashOf(file), hashOf(await (await download).path())])
  if (wanted !== found) throw new Error('The file that came is not the one that was sent.')

  const plain = await plainTransfer(here)
  const seconds = (from: number, to: number) => [(to - from) / 1000]
  const unit = 's'
  return [
    measured({
      name: '100 MB file: kept on the device',
      unit,
      ours: seconds(addedAt, keptAt),
      baseline: 'the same bytes written to OPFS in chunks, unhashed and unsealed',
      theirs: [plain.write],
      budget: atMost(30),
    }),
    measured({
      name: '100 MB file: up',
      unit,
      ours: seconds(keptAt, sentAt),
      baseline: 'the same bytes put by bare fetch',
      theirs: [plain.put],
      budget: atMost(60),
    }),
    measured({
      name: '100 MB file: down, verified',
      unit,
      ours: seconds(askedAt, fetchedAt),
      baseline: 'the same bytes got by bare fetch',
      theirs: [plain.get],
      budget: atMost(60),
    }),
  ]
}

/** The tile says nothing any more. */
const untilUploaded = (page: Page) =>
  page.waitForFunction(
    () => !/Uploading|waiting/.test(document.querySelector('[role="option"]')?.textContent ?? 'waiting'),
    undefined,
    { timeout: 300_000 },
  )

const hashOf = async (path: string) => {
  const hash = createHash('sha256')
  for await (const part of createReadStream(path)) hash.update(part)
  return hash.digest('hex')
}

/** Seconds that the same work takes without us. */
const plainTransfer = (page: Page) =>
  page.evaluate(
    async ([bytes, chunk]) => {
      const part = new Uint8Array(chunk)
      for (let at = 0; at < chunk; at += 65_536) crypto.getRandomValues(part.subarray(at, at + 65_536))
      const count = bytes / chunk
      const address = (index: number) =>
        `/api/stores/persona_filesplain/blobs/${'k'.repeat(22)}/${String(index).padStart(22, 'b')}`
      const timed = async (work: (index: number) => Promise<unknown>) => {
        const startedAt = performance.now()
        for (let index = 0; index < count; index++) await work(index)
        return (performance.now() - startedAt) / 1000
      }
      const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('plain', { create: true })
      return {
        write: await timed(async (index) => {
          const writable = await (await folder.getFileHandle(String(index), { create: true })).createWritable()
          await writable.write(part)
          await writable.close()
        }),
        put: await timed((index) => fetch(address(index), { method: 'PUT', body: part })),
        get: await timed(async (index) => (await fetch(address(index))).arrayBuffer()),
      }
    },
    [bytes, chunk] as const,
  )
