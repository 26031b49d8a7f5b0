import type { Lab } from '#tests/bench/lab.ts'
import { tabOf } from '#tests/bench/lab.ts'
import { personaDdl } from '#tests/bench/tables.ts'
import { addPersona } from './persona.ts'

const shardRows = 10_000

/** A device with two personas of 10 000 memories each, and plain SQLite with as many beside it. */
export const explorerDevice = async (lab: Lab) => {
  const appUrl = await lab.appUrl()
  const page = tabOf(await lab.device())
  await page.goto(appUrl)
  await addPersona(page, appUrl, 'anna', shardRows)
  await addPersona(page, appUrl, 'boris', shardRows)

  const plain = tabOf(await lab.device())
  await plain.goto(`${await lab.baselineUrl()}/plain.html`)
  await plain.evaluate(
    async ([ddl, count]) => {
      globalThis.plain.start('memories')
      await globalThis.plain.fill(ddl, count)
    },
    [await personaDdl(), shardRows] as const,
  )
  return { page, plain, appUrl }
}
