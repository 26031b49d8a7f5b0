import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { openSqlite } from '#cli/sqlite.ts'
import { memoryEvents } from '#schema/memories/events.ts'
import { logMatcher } from '#schema/stores/log-search.ts'
import { personaSchema } from '#schema/stores/persona-store.ts'
import { commitIn } from '#tests/support/commit-in.ts'
import { expect, follow, test } from '#tests/support/journey.ts'
import { logOf } from '#tests/support/log-events.ts'
import { seriousInAllLooks } from '#tests/support/looks.ts'
import { bringSample } from '#tests/support/personas.ts'
import { sampleEvents } from '#tests/support/sample-log.ts'

const rows = (page: Page) => page.getByRole('treeitem')

/** The log of the first persona of the sample, all of it on the server. */
const openSampleLog = async (page: Page) => {
  const personaId = await bringSample(page)
  await page.keyboard.press('g')
  await page.keyboard.press('l')
  await expect(rows(page).first()).toBeVisible()
  return { personaId, log: `/p/${personaId}/log` }
}

/** The search of an address, as the router writes it. */
const searchOf = (search: Readonly<Record<string, string>>) => new URLSearchParams(search).toString()

const exported = async (page: Page, format: RegExp) => {
  await page.getByRole('button', { name: 'Export what is shown' }).click()
  const download = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: format }).click()
  const file = await download
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) }
}

const wanted = { names: ['v1.MemoryAdded'], text: 'in the', pattern: /^importance: 0\.[5-9]/imu }
const isWanted = logMatcher(wanted)
const found = logOf(personaSchema, sampleEvents).filter((event) => isWanted(event, 0))
const asked = { name: wanted.names.join(','), text: wanted.text, regex: wanted.pattern.source }

test('[LG12] an address filters the log by name, text and expression; what is shown is exported, and read back; a bad expression says so, and one without an end is stopped', async ({
  device,
}) => {
  const page = await (await device()).open()
  const { personaId, log } = await openSampleLog(page)
  await follow(page, `${log}?${searchOf(asked)}`)
  await expect(page.getByRole('heading', { name: new RegExp(`^${found.length} of [\\d,]+ events$`) })).toBeVisible()
  await expect(rows(page)).toHaveCount(Math.min(found.length, await rows(page).count()))
  await expect(rows(page).first()).toContainText('Added the memory')

  const csv = await exported(page, /CSV/)
  expect(csv.name).toMatch(/^\S+-log-\d{4}-\d\d-\d\d\.csv$/)
  expect(csv.bytes.toString().split('\r\n')).toHaveLength(found.length + 2)
  const sqlite = await exported(page, /SQLite/)
  const db = (await openSqlite())(new Uint8Array(sqlite.bytes))
  expect(db.all('select name, count(*) as count from events group by name')).toEqual([
    { name: 'v1.MemoryAdded', count: found.length },
  ])
  db.close()
  await follow(page, `/p/${personaId}/access`)
  await expect(page.getByText('You exported it on this device.')).toBeVisible()

  await follow(page, `${log}?${searchOf({ regex: '(tea' })}`)
  await expect(page.getByText(/no regular expression: .*at character 1 \(“\(”\)/)).toBeVisible()
  await follow(page, `${log}?${searchOf({ regex: '(\\w+\\s?)+@@' })}`)
  await expect(page.getByText('This expression takes too long')).toBeVisible()
  await page.getByRole('button', { name: 'Clear the expression' }).click()
  await expect(rows(page).first()).toBeVisible()
  await page.keyboard.press('/')
  await page.keyboard.type('said by nobody ever')
  await expect(page.getByText('Nothing matches')).toBeVisible()
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await expect(rows(page).first()).toBeVisible()
})

const memoryOf = (personaId: string, content: string, number: number) =>
  memoryEvents.memoryAdded({
    memoryId: `m${number}`,
    personaId,
    content,
    importance: 0.5,
    kind: 'fact',
    tags: [],
    sourceEventIds: [],
    occurredAt: new Date(2026, 2, number),
    addedAt: new Date(2026, 2, number),
    actorId: 'somebody',
    deviceId: 'elsewhere',
  })

test('[LG13] what happened since one last looked is marked, and can be asked for; what comes meanwhile is offered', async ({
  device,
}) => {
  const page = await (await device()).open()
  const { personaId, log } = await openSampleLog(page)
  await expect(page.getByText('You had looked at these')).toHaveCount(0)
  await follow(page, `/p/${personaId}/memories`)
  await commitIn(page, `persona_${personaId}`, [memoryOf(personaId, 'Keeps bees now', 1)])
  await expect(page.getByText('saved everywhere')).toBeVisible()

  await follow(page, log)
  await expect(rows(page).filter({ hasText: 'Keeps bees now' })).toBeVisible()
  await expect(page.getByText('You had looked at these')).toBeVisible()
  await page.getByRole('button', { name: 'Since I last looked' }).click()
  await expect(page).toHaveURL(/since=seen/)
  await expect(page.getByText('You had looked at these')).toHaveCount(0)
  await expect(rows(page).filter({ hasText: 'Keeps bees now' })).toContainText('Another person')

  await commitIn(page, `persona_${personaId}`, [memoryOf(personaId, 'Sells honey', 2)])
  await page.getByRole('button', { name: 'Show', exact: true }).click()
  await expect(rows(page).filter({ hasText: 'Sells honey' })).toBeVisible()
  await expect(page.getByText('saved everywhere')).toBeVisible()

  await follow(page, `/p/${personaId}/memories`)
  await expect(page.getByRole('option').first()).toBeVisible()
  await follow(page, `${log}?since=seen`)
  await expect(page.getByText('Nothing new since you last looked')).toBeVisible()
  await page.getByRole('button', { name: 'Show all events' }).click()
  await expect(rows(page).filter({ hasText: 'Sells honey' })).toBeVisible()
})

test('[LG14] an event opens beside by its address, with who, where and when, what it changed, what it is about, and its JSON; axe finds nothing serious', async ({
  device,
}) => {
  test.slow() // judged three times
  const page = await (await device()).open()
  const { log } = await openSampleLog(page)
  await follow(page, `${log}?name=v1.MemoryAdded`)
  await expect(page.getByRole('heading', { name: / of / })).toBeVisible()
  await page.getByRole('tree', { name: 'Events' }).focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  const detail = page.getByRole('region', { name: 'Event', exact: true })
  await expect(detail).toContainText('You')
  await expect(detail).toContainText('This device')
  await expect(detail).toContainText('Received')
  await expect(detail.getByText('Memory added')).toBeVisible()
  await expect(detail.getByText('"v1.MemoryAdded"')).toBeVisible()
  await expect(page).toHaveURL(/event=/)

  const number = new URL(page.url()).searchParams.get('event')?.replaceAll('"', '')
  await page.getByRole('button', { name: 'UTC' }).click()
  await expect(detail).toContainText('UTC')
  await page.reload()
  await expect(page.getByRole('heading', { name: `Event ${number}` })).toBeVisible()
  await expect(detail.getByText('Memory added')).toBeVisible()
  await expect(detail.getByRole('link', { name: 'See everything as of here' })).toHaveAttribute(
    'href',
    new RegExp(`memories\\?at=.*${number}`),
  )
  expect(await seriousInAllLooks(page)).toEqual([])
  await page.keyboard.press('Escape')
  await expect(detail).toBeHidden()
  expect(await seriousInAllLooks(page)).toEqual([])

  await rows(page).first().click()
  await detail.getByRole('link', { name: 'The memory' }).first().click()
  await expect(page).toHaveURL(/memories\?memory=/)
  await expect(page.getByRole('region', { name: 'Memory' })).toBeVisible()
})

test('[LG15] a log without events says so, and where to begin', async ({ openRoom }) => {
  const page = await openRoom('log')
  await expect(page.getByText('Nothing happened yet')).toBeVisible()
  await page
    .getByRole('button', { name: 'Start a conversation' })
    .or(page.getByRole('link', { name: 'Start a conversation' }))
    .click()
  await expect(page).toHaveURL(/\/chats/)
})
