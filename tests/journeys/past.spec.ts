import type { Page } from '@playwright/test'
import { addMemory } from '#schema/memories/commands.ts'
import { memoryEvents } from '#schema/memories/events.ts'
import { createPersona } from '#schema/personas/commands.ts'
import { blankDraft } from '#schema/personas/templates.ts'
import { commitIn } from '#tests/support/commit-in.ts'
import { expect, phoneScreen, test } from '#tests/support/journey.ts'
import { seriousInAllLooks } from '#tests/support/looks.ts'
import { type Fact, factsOf } from '#tests/support/stores.ts'

const by = { actorId: 'ada', deviceId: 'laptop' }
const timeOf = (edit: number) => new Date(Date.UTC(2026, 0, 1) + edit * 3_600_000)

/** A persona with one memory that was revised three hundred times: its text names the revision. */
const threeHundredEdits = (personaId: string): readonly Fact[] => [
  ...factsOf(createPersona(personaId, { ...blankDraft, name: 'Ada' }, { at: timeOf(0), ...by })),
  ...factsOf(
    addMemory(
      personaId,
      'tea',
      { content: 'Drinks cup 0 of tea', importance: 0.5, kind: 'fact', tags: [], occurredAt: timeOf(0) },
      { at: timeOf(0), ...by },
    ),
  ),
  ...Array.from({ length: 300 }, (_, edit) =>
    memoryEvents.memoryContentRevised({
      memoryId: 'tea',
      personaId,
      content: `Drinks cup ${edit + 1} of tea`,
      revisedAt: timeOf(edit + 1),
      ...by,
    }),
  ),
]

const slider = (page: Page) => page.getByRole('slider', { name: 'Event of the log' })
const bar = (page: Page) => page.getByRole('region', { name: 'The past' })
const row = (page: Page, text: string) => page.getByRole('option').filter({ hasText: text })

const openEdited = async (openRoom: (room: string) => Promise<Page>) => {
  const page = await openRoom('memories')
  await expect(page.getByText('No memories yet')).toBeVisible()
  const personaId = /\/p\/(\w+)/.exec(page.url())?.[1] ?? ''
  const facts = threeHundredEdits(personaId)
  await commitIn(page, `persona_${personaId}`, facts)
  await expect(row(page, 'Drinks cup 300 of tea')).toBeVisible()
  return { page, personaId, last: facts.length }
}

test('[PT1] the whole app is put at an event of the log, and says so', async ({ openRoom }) => {
  const { page, last } = await openEdited(openRoom)
  await page.keyboard.press('Control+k')
  await page.screenshot({ path: '/tmp/hB-0.png' })
  await page.keyboard.press('Escape')
  await page.goto(`${page.url()}?at=${last}`)
  await expect(bar(page)).toContainText(`event ${last} of ${last}`)
  await slider(page).focus()
  await page.keyboard.press('Home')
  await expect(page.getByText('No memories yet')).toBeVisible()
  for (let n = 0; n < 5; n++) await page.keyboard.press('ArrowRight')
  console.log(page.url())
  await page.screenshot({ path: '/tmp/hB-1.png' })
  await page.waitForURL(/at=5/)
  await page.screenshot({ path: '/tmp/hB-2.png' })
})
