import type { Page } from '@playwright/test'
import { addMemory } from '#schema/memories/commands.ts'
import { commitIn } from '#tests/support/commit-in.ts'
import { expect, follow, test } from '#tests/support/journey.ts'
import { makePersona } from '#tests/support/personas.ts'
import { factsOf } from '#tests/support/stores.ts'

test('[ME13] [ME14] [ME16] [CH62] [CH64] what is done to many at once, what makes one of two or several of one, and what is given away, memories or a conversation with its files, is taken back by one press', async ({
  device,
}) => {
  const page = await (await device()).open()
  await makePersona(page, 'Ben')
  const benId = personaIdIn(page)
  await makePersona(page, 'Ada')
  await page.waitForURL(({ pathname }) => !pathname.includes(benId))
  const personaId = personaIdIn(page)
  const stamp = { at: new Date(), actorId: 'ada', deviceId: 'laptop' }
  const draft = { importance: 0.5, kind: 'fact', tags: ['fruit'], occurredAt: stamp.at }
  const texts = ['Apple pie on Mondays', 'Pear tart on Fridays', 'Plum jam is red. Fig jam is brown.']
  await commitIn(
    page,
    `persona_${personaId}`,
    texts.flatMap((content, n) => factsOf(addMemory(personaId, `m${n}`, { ...draft, content }, stamp))),
  )
  await follow(page, `/p/${personaId}/memories`)
  const rows = page.getByRole('option')
  await expect(rows).toHaveCount(3)
  const bar = page.getByRole('toolbar', { name: 'Selected memories' })

  await chooseAll(page)
  await bar.getByRole('button', { name: 'Pin' }).click()
  await expect(page.getByRole('img', { name: 'Pinned: stays hot' })).toHaveCount(3)
  await undo(page, '3 memories pinned')
  await expect(page.getByRole('img', { name: 'Pinned: stays hot' })).toHaveCount(0)

  await chooseAll(page)
  await bar.getByRole('button', { name: 'Add tag' }).click()
  await page.getByRole('dialog', { name: 'Add tag' }).locator('input').first().fill('sweet')
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(rows.filter({ hasText: 'sweet' })).toHaveCount(3)
  await undo(page, 'Tag “sweet” added to 3 memories')
  await expect(rows.filter({ hasText: 'sweet' })).toHaveCount(0)
  await bar.getByRole('button', { name: 'Remove tag' }).click()
  await page.getByRole('dialog', { name: 'Remove tag' }).getByRole('button', { name: 'fruit' }).click()
  await expect(rows.filter({ hasText: 'fruit' })).toHaveCount(0)
  await undo(page, 'Tag “fruit” removed from 3 memories')
  await expect(rows.filter({ hasText: 'fruit' })).toHaveCount(3)

  await bar.getByRole('button', { name: 'Forget' }).click()
  await undo(page, '3 memories forgotten')
  await expect(rows).toHaveCount(3)
  await chooseAll(page)
  await bar.getByRole('button', { name: 'Forget' }).click()
  await page.getByRole('button', { name: 'Forgotten memories: 3' }).click()
  await expect(rows).toHaveCount(3)
  await chooseAll(page)
  await expect(page.getByText('3 memories forgotten')).toBeVisible()
  await bar.getByRole('button', { name: 'Restore' }).click()
  await expect(page.getByText('Nothing is forgotten')).toBeVisible()
  await undo(page, '3 memories restored')
  await expect(rows).toHaveCount(3)
  await chooseAll(page)
  await bar.getByRole('button', { name: 'Restore' }).click()
  await dismiss(page, '3 memories restored')
  await page.getByRole('button', { name: 'Back to the memories' }).click()
  await expect(rows).toHaveCount(3)

  const act = async (of: string, name: string) => {
    await rows.filter({ hasText: of }).click()
    await page.getByRole('button', { name: 'More', exact: true }).click()
    await page.getByRole('menuitem', { name }).click()
  }
  const pick = async (label: string, text: string) => {
    await page.getByRole('textbox', { name: label }).fill(text)
    await page.getByRole('region', { name: 'Memory' }).getByRole('button', { name: text }).click()
  }
  await act('Apple', 'Merge into another memory…')
  await pick('Merge into', 'Pear tart')
  await expect(rows).toHaveCount(2)
  await undo(page, 'Memory merged')
  await expect(rows).toHaveCount(3)

  await act('Apple', 'Link to another memory…')
  await pick('Link to', 'Plum jam')
  const linked = page.getByRole('region', { name: 'Memory' }).getByText('Plum jam is red')
  await expect(linked).toBeVisible()
  await undo(page, 'Memories linked')
  await expect(linked).toBeHidden()

  await act('Plum', 'Split into several…')
  await page.getByRole('button', { name: 'Split into 2' }).click()
  await expect(rows.filter({ hasText: 'Fig jam is brown.' })).toHaveCount(1)
  await expect(rows).toHaveCount(4)
  await undo(page, 'Split into 2 memories')
  await expect(rows).toHaveCount(3)

  // In both logs, and out of both by one press.
  await chooseAll(page)
  await bar.getByRole('button', { name: 'Give away…' }).click()
  await page.getByRole('combobox', { name: 'To whom' }).click()
  await page.getByRole('option', { name: 'Ben', exact: true }).click()
  await page.getByRole('button', { name: 'Give to Ben' }).click()
  await expect(page.getByText('No memories yet')).toBeVisible()
  await follow(page, `/p/${benId}/memories`)
  await expect(rows).toHaveCount(3)
  await rows.filter({ hasText: 'Apple' }).click()
  await expect(page.getByText('A memory of another persona')).toBeVisible()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+z')
  await expect(page.getByText('No memories yet')).toBeVisible()
  await follow(page, `/p/${personaId}/memories`)
  await expect(rows).toHaveCount(3)

  // The same with a conversation, from the list of chats, and its bytes with it.
  await follow(page, `/p/${personaId}/chats/new`)
  await page.getByLabel('Files to attach').setInputFiles({ name: 'kite.svg', mimeType: '', buffer: Buffer.from(kite) })
  await expect(page.getByRole('list', { name: 'Files of this message' }).getByRole('listitem')).toHaveCount(1)
  await page.getByRole('textbox', { name: /^Message / }).fill('Kites fly in the wind')
  await page.keyboard.press('Enter')
  await expect(page.locator('article[data-role="assistant"]:not([aria-busy])')).toHaveCount(1)
  const chat = page.getByRole('list', { name: 'Chats' }).getByRole('listitem')
  await chat.hover()
  await chat.getByRole('button', { name: 'More about this chat' }).click()
  await page.getByRole('menuitem', { name: 'Move to another persona…' }).click()
  await page.getByRole('combobox', { name: 'To whom' }).click()
  await page.getByRole('option', { name: 'Ben', exact: true }).click()
  await page.getByRole('button', { name: 'Move to Ben' }).click()
  await expect(page.getByText('This conversation was moved to Ben.')).toBeVisible()
  await page.getByRole('link', { name: 'Go there' }).click()
  await page.waitForURL(({ pathname }) => pathname.startsWith(`/p/${benId}/chats/`))
  await expect(page.getByRole('link', { name: 'Open kite.svg' }).locator('img')).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Message Ben' })).toBeVisible()
  await page.getByRole('button', { name: 'More about this conversation' }).click()
  await page.getByRole('menuitem', { name: 'It came from Ada' }).click()
  await expect(page.getByText('This conversation was moved to Ben.')).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(page.getByRole('textbox', { name: 'Message Ada' })).toBeVisible()
})

const kite = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><path d="M20 0 40 20 20 40 0 20Z"/></svg>'

const personaIdIn = (page: Page) => /\/p\/(\w+)/.exec(page.url())?.[1] ?? ''

const chooseAll = async (page: Page) => {
  await page.getByRole('listbox', { name: 'Memories' }).focus()
  await page.keyboard.press('Control+a')
  await expect(page.getByText('3 selected')).toBeVisible()
}

const undo = (page: Page, text: string) =>
  page.getByRole('alert').filter({ hasText: text }).getByRole('button', { name: 'Undo' }).click()

/** Not more than three are shown at a time. */
const dismiss = (page: Page, text: string) =>
  page.getByRole('alert').filter({ hasText: text }).getByRole('button', { name: 'Dismiss' }).click()
