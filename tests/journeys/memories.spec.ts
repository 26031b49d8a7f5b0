import type { Page } from '@playwright/test'
import { addMemory as newMemory } from '#schema/memories/commands.ts'
import { commitIn } from '#tests/support/commit-in.ts'
import { expect, test } from '#tests/support/journey.ts'
import { seriousInAllLooks } from '#tests/support/looks.ts'
import { factsOf } from '#tests/support/stores.ts'

const row = (page: Page, text: string) => page.getByRole('option').filter({ hasText: text })
const toast = (page: Page, text: string | RegExp) => page.getByRole('alert').filter({ hasText: text })
const undo = (page: Page, text: string | RegExp) => toast(page, text).getByRole('button', { name: 'Undo' }).click()

const addMemory = async (page: Page, content: string, tags: readonly string[] = []) => {
  await page.getByRole('button', { name: 'Add memory' }).first().click()
  await page.getByRole('textbox', { name: 'What to remember' }).fill(content)
  for (const tag of tags) {
    await page
      .locator('form input')
      .and(page.getByLabel('Tags', { exact: true }))
      .fill(tag)
    await page.keyboard.press('Enter')
  }
  await page.getByRole('textbox', { name: 'What to remember' }).press('Control+Enter')
  await expect(row(page, content)).toBeVisible()
}

test('[MX17] a memory is added with the keyboard, and its draft survives a reload', async ({ openRoom }) => {
  const page = await openRoom('memories')
  // The first store of a new device opens in its own time.
  await expect(page.getByText('No memories yet')).toBeVisible()
  await page.keyboard.press('m')
  await page.keyboard.type('Selin plays the violin')
  await page.reload()
  await expect(page.getByRole('textbox', { name: 'What to remember' })).toHaveValue('Selin plays the violin')
  await page.getByRole('textbox', { name: 'What to remember' }).press('Control+Enter')
  await expect(row(page, 'Selin plays the violin')).toBeVisible()
  await page.keyboard.press('Escape')
  await page.keyboard.press('m')
  await expect(page.getByRole('textbox', { name: 'What to remember' })).toHaveValue('')
})

test('[MX18] a memory is revised, reinforced, forgotten, and each is taken back', async ({ openRoom }) => {
  const page = await openRoom('memories')
  await addMemory(page, 'Drinks tea')

  await page.getByRole('button', { name: /^Edit/ }).click()
  await page.getByRole('textbox', { name: 'What to remember' }).fill('Drinks coffee')
  await page.getByRole('textbox', { name: 'What to remember' }).press('Control+Enter')
  await expect(row(page, 'Drinks coffee')).toBeVisible()
  await undo(page, 'Memory revised')
  await expect(row(page, 'Drinks tea')).toBeVisible()

  await page.getByRole('button', { name: /^Reinforce/ }).click()
  await expect(page.getByText('once, last')).toBeVisible()
  await undo(page, 'Memory reinforced')
  await expect(page.getByText('once, last')).toBeHidden()

  await page.getByRole('button', { name: /^Forget \(/ }).click()
  await expect(page.getByText('No memories yet')).toBeVisible()
  await undo(page, '1 memory forgotten')
  await expect(row(page, 'Drinks tea')).toBeVisible()
})

test('[MX23] the importance moves key by key, and keeps the keyboard', async ({ openRoom }) => {
  const page = await openRoom('memories')
  await addMemory(page, 'Drinks tea')
  const slider = page.getByRole('slider', { name: 'Importance' })
  const before = Number(await slider.getAttribute('aria-valuenow'))
  await slider.focus()
  for (let key = 0; key < 3; key++) await page.keyboard.press('ArrowRight')
  await expect(slider).toBeFocused()
  await expect(slider).toHaveAttribute('aria-valuenow', String(Number((before + 0.15).toFixed(2))))
})

test('[MX19] leaving an edit with something unsaved asks first', async ({ openRoom }) => {
  const page = await openRoom('memories')
  await addMemory(page, 'One')
  await addMemory(page, 'Two')
  await page.getByRole('button', { name: /^Edit/ }).click()
  await page.getByRole('textbox', { name: 'What to remember' }).fill('Two, changed')
  await row(page, 'One').click()
  await page.getByRole('button', { name: 'Keep editing' }).click()
  await expect(page.getByRole('textbox', { name: 'What to remember' })).toHaveValue('Two, changed')
  await row(page, 'One').click()
  await page.getByRole('button', { name: 'Discard' }).click()
  await expect(row(page, 'Two, changed')).toBeHidden()
  await expect(page.getByRole('region', { name: 'Memory' })).toContainText('One')
})

test('[MX20] many memories are tagged, forgotten and restored as one', async ({ openRoom }) => {
  const page = await openRoom('memories')
  for (const content of ['Apple', 'Pear', 'Plum']) await addMemory(page, content)
  await page.keyboard.press('Escape')
  await page.getByRole('listbox', { name: 'Memories' }).focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('Space')
  await page.keyboard.press('Shift+End')
  await expect(page.getByText('3 selected')).toBeVisible()

  await page.getByRole('button', { name: 'Add tag' }).click()
  await page.getByRole('dialog', { name: 'Add tag' }).locator('input').first().fill('fruit')
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(toast(page, 'Tag “fruit” added to 3 memories')).toBeVisible()
  await expect(page.getByRole('dialog')).toBeHidden()

  await page.getByRole('listbox', { name: 'Memories' }).focus()
  await page.keyboard.press('x')
  await expect(page.getByText('No memories yet')).toBeVisible()
  await page.getByRole('button', { name: 'Forgotten memories: 3' }).click()
  await expect(page.getByRole('option')).toHaveCount(3)
  await undo(page, '3 memories forgotten')
  await expect(page.getByText('Nothing is forgotten')).toBeVisible()
  await page.getByRole('button', { name: 'Back to the memories' }).click()
  await expect(page.getByRole('option')).toHaveCount(3)
  await expect(row(page, 'Apple')).toContainText('fruit')
})

test('[MX24] a long list fills the window before anybody scrolls', async ({ openRoom }) => {
  const page = await openRoom('memories')
  await expect(page.getByText('No memories yet')).toBeVisible()
  const personaId = /\/p\/(\w+)/.exec(page.url())?.[1] ?? ''
  const stamp = { at: new Date(), actorId: 'ada', deviceId: 'laptop' }
  const draft = { importance: 0.5, kind: 'fact', tags: [], occurredAt: stamp.at }
  const facts = Array.from({ length: 60 }, (_, n) =>
    factsOf(newMemory(personaId, `many${n}`, { ...draft, content: `Cup ${n}` }, stamp)),
  )
  await commitIn(page, `persona_${personaId}`, facts.flat())
  await expect(row(page, 'Cup 59')).toBeVisible()
  await page.reload()
  await expect(row(page, 'Cup 59')).toBeVisible()
  const box = await page.getByRole('listbox', { name: 'Memories' }).boundingBox()
  const lowest = { x: (box?.x ?? 0) + 200, y: (box?.y ?? 0) + (box?.height ?? 0) - 10 }
  await expect
    .poll(() =>
      page.evaluate(({ x, y }) => document.elementFromPoint(x, y)?.closest('[role="option"]') != null, lowest),
    )
    .toBe(true)
})

test('[MX21] an address shows the same list and the same memory after a reload', async ({ openRoom }) => {
  const page = await openRoom('memories')
  await addMemory(page, 'Bakes bread on Sundays', ['home'])
  await addMemory(page, 'Takes the night train', ['travel'])
  await page.keyboard.press('Escape')
  await page.keyboard.press('/')
  await page.keyboard.type('bread')
  await expect(page.getByText('1 of 2')).toBeVisible()
  await page.keyboard.press('Enter')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/text=bread.*memory=/)
  await page.reload()
  await expect(page.getByText('1 of 2')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Memory' })).toContainText('Bakes bread on Sundays')
  await page.getByRole('button', { name: 'Clear', exact: true }).click()
  await expect(page.getByRole('option')).toHaveCount(2)
})

test('[MX22] the Explorer has nothing that axe finds serious, in the light, in the dark and on a phone', async ({
  openRoom,
}) => {
  const page = await openRoom('memories')
  await page.getByRole('button', { name: 'Add memory' }).first().click()
  await page.getByRole('textbox', { name: 'What to remember' }).fill('Likes to be read to')
  await page.getByRole('textbox', { name: 'What to remember' }).press('Control+Enter')
  await expect(page.getByText('Likes to be read to').first()).toBeVisible()
  // Colours are judged when nothing fades any more.
  await page.mouse.move(0, 0)
  await expect(page.getByRole('tooltip')).toHaveCount(0)
  expect(await seriousInAllLooks(page)).toEqual([])
})
