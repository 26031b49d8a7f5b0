import type { Page } from '@playwright/test'
import { addMemory } from '#schema/memories/commands.ts'
import { memoryEvents } from '#schema/memories/events.ts'
import { createPersona } from '#schema/personas/commands.ts'
import { blankDraft } from '#schema/personas/templates.ts'
import { commitIn } from '#tests/support/commit-in.ts'
import { expect, follow, test } from '#tests/support/journey.ts'
import { phoneScreen } from '#tests/support/launch.ts'
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

test('[PT1] [PT2] [PT4] [PT10] the rooms are put at an event of the log with the keyboard, say so, and change nothing', async ({
  openRoom,
}) => {
  const { page, last } = await openEdited(openRoom)
  const title = await page.title()
  await follow(page, `${new URL(page.url()).pathname}?at=${last}`)
  await expect(bar(page)).toContainText(`The past: event ${last} of ${last}`)
  await expect(page.locator('[data-tinted="true"]')).toBeVisible()

  // To the start, where nothing was, and from there to the middle: by days, then by events.
  await slider(page).focus()
  await page.keyboard.press('Home')
  await expect(page.getByText('No memories yet')).toBeVisible()
  await expect(bar(page)).toContainText('Before the first event.')
  for (let days = 0; days < 6; days++) await page.keyboard.press('PageUp')
  const there = Number(await slider(page).inputValue())
  expect(there).toBeGreaterThan(100)
  for (let n = there; n < 152; n++) await page.keyboard.press('ArrowRight')
  for (let n = there; n > 152; n--) await page.keyboard.press('ArrowLeft')
  await expect(row(page, 'Drinks cup 150 of tea')).toBeVisible()
  await expect(bar(page)).toContainText(`event 152 of ${last}`)
  await expect(bar(page)).toContainText('Revised a memory: “Drinks cup 150 of tea”.')
  await page.waitForURL(/at=152/)

  // Nothing is offered, and no key does anything.
  await row(page, 'Drinks cup 150 of tea').click()
  await expect(page.getByRole('region', { name: 'Memory' }).getByText('Drinks cup 150 of tea')).toBeVisible()
  await expect(page.getByRole('button', { name: /^(Edit|Reinforce|Forget|Add memory)/ })).toHaveCount(0)
  for (const key of ['e', 'x', 'm', 'Control+z']) await page.keyboard.press(key)
  await expect(page.getByRole('textbox', { name: 'What to remember' })).toHaveCount(0)
  await expect(page.getByRole('slider', { name: 'Importance' })).toHaveCount(0)
  await expect(row(page, 'Drinks cup 150 of tea')).toBeVisible()

  // The address is all of it.
  await page.reload()
  await expect(page.getByRole('region', { name: 'Memory' }).getByText('Drinks cup 150 of tea')).toBeVisible()
  await expect(bar(page)).toContainText(`event 152 of ${last}`)

  await bar(page).getByRole('textbox', { name: 'Go to a time' }).or(bar(page).getByLabel('Go to a time')).focus()
  await page.keyboard.press('Escape')
  await expect(bar(page)).toHaveCount(0)
  await expect(row(page, 'Drinks cup 300 of tea')).toBeVisible()
  expect(new URL(page.url()).searchParams.get('at')).toBeNull()
  expect(await page.title()).toBe(title)
})

test('[PT5] while the slider moves the latest wins, and what is on screen stays until it is there', async ({
  openRoom,
}) => {
  const { page, last } = await openEdited(openRoom)
  await follow(page, `${new URL(page.url()).pathname}?at=${last}`)
  await expect(bar(page)).toContainText(`event ${last} of ${last}`)
  await expect(row(page, 'Drinks cup 300 of tea')).toBeVisible()
  // Every text that the list ever shows from now on.
  await page.evaluate(() => {
    const seen: string[] = []
    new MutationObserver(() => seen.push(document.querySelector('[role=option]')?.textContent ?? 'nothing')).observe(
      document.body,
      { subtree: true, childList: true, characterData: true },
    )
    Object.assign(window, { seen })
  })
  await slider(page).evaluate((input: HTMLInputElement) => {
    for (let n = 290; n >= 90; n--) {
      // As a hand does it: React sets the property of the element itself.
      Reflect.set(HTMLInputElement.prototype, 'value', String(n), input)
      input.dispatchEvent(new Event('input', { bubbles: true }))
    }
  })
  await expect(row(page, 'Drinks cup 88 of tea')).toBeVisible()
  await page.waitForURL(/at=90/)
  const seen = await page.evaluate(() => (window as unknown as { readonly seen: readonly string[] }).seen) // put there above
  expect(seen.filter((text) => !text.includes('Drinks cup'))).toEqual([])
  expect(new Set(seen.map((text) => /cup (\d+)/.exec(text)?.[1])).size).toBeLessThan(150)
})

test('[PT3] [ME15] links between rooms keep the time; rooms without a past and other personas drop it; nothing is to be chosen there', async ({
  openRoom,
}) => {
  const { page, personaId, last } = await openEdited(openRoom)
  await follow(page, `/p/${personaId}/memories?at=2`)
  await expect(row(page, 'Drinks cup 0 of tea')).toBeVisible()
  await expect(page.locator('[data-check]')).toHaveCount(0)
  await page.getByRole('listbox', { name: 'Memories' }).focus()
  await page.keyboard.press('Control+a')
  await expect(row(page, 'Drinks cup 0 of tea')).toHaveAttribute('aria-selected', 'false')
  await page.getByRole('banner').getByRole('link').first().click()
  await expect(page.getByRole('heading', { name: 'Ada' })).toBeVisible()
  await expect(bar(page)).toContainText(`event 2 of ${last}`)
  await page
    .getByRole('navigation', { name: 'Personas and rooms' })
    .getByRole('link', { name: /^Settings/ })
    .click()
  await expect(bar(page)).toHaveCount(0)
  expect(new URL(page.url()).search).toBe('')
  await follow(page, `/p/${personaId}other/memories?at=2&of=${personaId}`)
  await expect(page.getByText('No memories yet')).toBeVisible()
  await expect(bar(page)).toHaveCount(0)
  await page.waitForURL((url) => url.search === '')
})

test('[PT11] [PT12] [PT13] [PT14] [PT15] every version of a memory is there, compared with now, restored as a new fact, and leads to its time', async ({
  openRoom,
}) => {
  const { page, last } = await openEdited(openRoom)
  await row(page, 'Drinks cup 300 of tea').click()
  await page.keyboard.press('h')
  const pane = page.getByRole('region', { name: 'Memory' })
  const version = (event: number) => pane.getByRole('listitem').filter({ hasText: `event ${event}` })
  await expect(pane.getByRole('listitem')).toHaveCount(301)
  await expect(version(152).getByRole('deletion')).toHaveText('149')
  await expect(version(152).getByRole('insertion')).toHaveText('150')
  await expect(version(152)).toContainText('Somebody else')

  await version(152).getByRole('button', { name: 'Diff to now' }).click()
  const compared = page.getByRole('region', { name: 'Two versions compared' })
  await expect(compared.getByRole('deletion')).toHaveText('150')
  await expect(compared.getByRole('insertion')).toHaveText('300')
  expect(page.url()).toContain('history=152..now')
  await compared.getByLabel('To').selectOption('102')
  await expect(compared.getByRole('insertion')).toHaveText('100')

  await version(152).getByRole('button', { name: 'Restore this version' }).click()
  await expect(row(page, 'Drinks cup 150 of tea')).toBeVisible()
  await expect(pane.getByRole('listitem')).toHaveCount(302)
  await expect(pane.getByRole('listitem').first()).toContainText('You, on this device')
  await page.getByRole('alert').filter({ hasText: 'Memory revised' }).getByRole('button', { name: 'Undo' }).click()
  await expect(row(page, 'Drinks cup 300 of tea')).toBeVisible()
  await expect(pane.getByRole('listitem')).toHaveCount(303)

  await version(52).getByRole('link', { name: 'See everything as of then' }).click()
  await expect(bar(page)).toContainText(`event 52 of ${last + 2}`)
  await expect(row(page, 'Drinks cup 50 of tea')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Restore this version' })).toHaveCount(0)
  // The bar and the versions read one replay; those of the shorter log are gone.
  const replays = () => page.workers().filter((worker) => worker.url().includes('history.worker')).length
  await expect.poll(replays).toBe(1)
})

test('[PT8] [PT17] the dashboard shows the numbers of that time; on a phone, in every look, with nothing serious for axe', async ({
  device,
}) => {
  const page = await (await device()).open()
  await page.getByRole('button', { name: 'Try a sample workspace' }).click()
  await page.waitForURL(/\/p\/\w+/)
  const personaId = /\/p\/(\w+)/.exec(page.url())?.[1] ?? ''
  await follow(page, `/p/${personaId}/memories?at=40`)
  await expect(bar(page)).toContainText('event 40 of')
  for (const path of [
    `/p/${personaId}/memories`,
    `/p/${personaId}/chats`,
    `/p/${personaId}/files`,
    `/p/${personaId}`,
    '/dashboard',
  ]) {
    await follow(page, `${path}?at=40&of=${personaId}`)
    await expect(bar(page)).toContainText('event 40 of')
    await expect(page.locator('main')).not.toBeEmpty()
    expect(await seriousInAllLooks(page)).toEqual([])
  }
  await expect(page.getByText('The workspace had no persona at this time.')).toBeVisible()
  const stamp = { at: new Date(), ...by }
  const text = { content: 'Wants more light', importance: 0.5, kind: 'fact', tags: [], occurredAt: stamp.at }
  await follow(page, `/p/${personaId}/memories`)
  await commitIn(page, `persona_${personaId}`, factsOf(addMemory(personaId, 'light', text, stamp)))
  await expect(row(page, 'Wants more light')).toBeVisible()
  await follow(page, `/dashboard?at=999999&of=${personaId}`)
  await expect(page.getByRole('heading', { name: 'Activity', exact: true })).toBeVisible()
  await expect(bar(page)).toContainText('Added the memory “Wants more light”.')
  await page.setViewportSize(phoneScreen)
  await follow(page, `/p/${personaId}/memories?at=40&of=${personaId}`)
  await bar(page).getByRole('button', { name: 'One event back' }).click()
  await expect(bar(page)).toContainText('event 39 of')
  await bar(page).getByRole('button', { name: 'Back to now' }).click()
  await expect(bar(page)).toHaveCount(0)
})
