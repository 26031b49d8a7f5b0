import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { chatGptExport } from '#tests/bench/data.ts'
import { atMost, measured } from '#tests/bench/figure.ts'
import { inTurn } from '#tests/bench/in-turn.ts'
import { type Lab, tabOf } from '#tests/bench/lab.ts'
import { personaDdl } from '#tests/bench/tables.ts'

const messages = 20_000

/** 20 000 messages of ChatGPT through the wizard: reading and writing, and the longest the page did not answer. */
export const importBench = async (lab: Lab) => {
  const file = join(lab.scratch, 'conversations.json')
  await writeFile(file, chatGptExport(messages))
  const ddl = await personaDdl()
  const plain = tabOf(await lab.device())
  await plain.goto(`${await lab.baselineUrl()}/plain.html`)
  await plain.route('**/conversations.json', (route) => route.fulfill({ path: file }))

  const tasks = { ours: [] as number[], theirs: [] as number[] }
  const seconds = await inTurn(
    2,
    async () => {
      // A device of its own each time: what came once does not come again.
      const context = await lab.device()
      const { ms, longestTask } = await importThrough(tabOf(context), `${await lab.appUrl()}/import`, file)
      await context.close()
      tasks.ours.push(longestTask)
      return ms / 1000
    },
    async (round) => {
      const ms = await plain.evaluate(
        async ([ddl, name]) => {
          globalThis.plain.start(name)
          await globalThis.plain.fill(ddl, 0)
          return globalThis.plain.importInWorker('/conversations.json')
        },
        [ddl, `import${round}`] as const,
      )
      tasks.theirs.push(await plain.evaluate((ddl) => globalThis.plain.importInPage('/conversations.json', ddl), ddl))
      return ms / 1000
    },
  )
  return [
    measured({
      name: 'import of 20 000 messages',
      unit: 's',
      ...seconds,
      baseline: 'plain SQLite wasm in a worker, OPFS, one transaction, no log',
      budget: atMost(20),
    }),
    measured({
      name: 'import of 20 000 messages: longest task',
      unit: 'ms',
      ...tasks,
      quantile: 1,
      baseline: 'the same rows by plain SQLite wasm in the page, in one go',
      budget: atMost(200),
    }),
  ]
}

const importThrough = async (page: Page, url: string, file: string) => {
  await page.goto(url)
  const input = page.locator('input[type="file"]').first()
  await input.waitFor({ state: 'attached' })
  await page.waitForTimeout(1000) // what a start leaves for later is over
  const measuring = page.evaluate(async () => {
    const chosenAt = await new Promise<number>((resolve) =>
      addEventListener('change', ({ timeStamp }) => resolve(timeStamp), { capture: true, once: true }),
    )
    stopwatch.watchTasks()
    const importButton = () =>
      [...document.querySelectorAll<HTMLButtonElement>('main button')].find(
        ({ textContent, disabled }) => !disabled && /^Import\b.*\d/.test(textContent ?? ''),
      )
    await stopwatch.shown(() => importButton() !== undefined)
    importButton()?.click()
    const isOver = () =>
      [...document.querySelectorAll('main h2')].some(({ textContent }) =>
        /^(Imported|The import broke)/.test(textContent ?? ''),
      )
    const endedAt = await stopwatch.shown(isOver)
    const title = [...document.querySelectorAll('main h2')].map(({ textContent }) => textContent).join(' ')
    return { ms: endedAt - chosenAt, longestTask: stopwatch.longestTask(), title }
  })
  await input.setInputFiles(file)
  const { title, ...result } = await measuring
  if (!/20[,. ]?000 messages/.test(title)) throw new Error(`The import ended with “${title}”.`)
  return result
}
