import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from '#tests/support/journey.ts'
import { seriousInAllLooks } from '#tests/support/looks.ts'

const newChat = 'chats/new'

const field = (page: Page) => page.getByRole('textbox', { name: /^Message / })
const said = (page: Page) => page.locator('article[data-role="user"]')
const answers = (page: Page) => page.locator('article[data-role="assistant"]:not([aria-busy])')

const opened = async (page: Page) => {
  // The first store of a new device opens in its own time.
  await expect(field(page)).toBeVisible()
  return page
}

const say = async (page: Page, text: string) => {
  const answered = await answers(page).count()
  await field(page).fill(text)
  await field(page).press('Enter')
  await expect(answers(page)).toHaveCount(answered + 1)
}

const more = async (page: Page, message: ReturnType<typeof said>, act: string) => {
  await message.hover()
  await message.getByRole('button', { name: 'More about this message' }).click()
  await page.getByRole('menuitem', { name: act }).click()
}

test('[CH1] the first message starts a conversation, names it, and is answered from memory', async ({ openRoom }) => {
  const page = await opened(await openRoom(newChat))
  await field(page).fill('The harbour lights in Lisbon are lovely')
  await field(page).press('Shift+Enter')
  await field(page).pressSequentially('and the tea is good')
  await field(page).press('Enter')
  await expect(said(page)).toContainText('and the tea is good')
  await expect(answers(page)).toContainText('I have no model connected')
  await expect(page.getByRole('link', { name: /The harbour lights in Lisbon/ })).toBeVisible()
  await say(page, 'What do you know of the harbour?')
  await expect(answers(page).last()).toContainText('The harbour lights in Lisbon are lovely')
  await expect(answers(page).last().getByRole('list', { name: 'Sources' }).getByRole('link')).toHaveCount(1)
})

test('[CH2] a message is edited, and what it said before is brought back', async ({ openRoom }) => {
  const page = await opened(await openRoom(newChat))
  await say(page, 'The red boat sails')
  await said(page).hover()
  await said(page).getByRole('button', { name: 'Edit' }).click()
  await page.getByRole('textbox', { name: 'Message', exact: true }).fill('The blue boat sails')
  await page.keyboard.press('Control+Enter')
  await expect(said(page)).toContainText('The blue boat sails')
  await said(page).getByRole('button', { name: 'edited' }).click()
  await expect(page.getByRole('dialog').locator('del')).toHaveText('red')
  await expect(page.getByRole('dialog').locator('ins')).toHaveText('blue')
  await page.getByRole('button', { name: 'Bring back what it said before' }).click()
  await expect(said(page)).toContainText('The red boat sails')
})

test('[CH3] a deleted message leaves one line, which brings it back', async ({ openRoom }) => {
  const page = await opened(await openRoom(newChat))
  await say(page, 'Something rash')
  await more(page, said(page), 'Delete')
  await expect(said(page)).toHaveCount(0)
  await expect(page.getByText('1 deleted message')).toBeVisible()
  await page.getByRole('button', { name: 'Restore' }).click()
  await expect(said(page)).toContainText('Something rash')
})

test('[CH4] asking anew begins a branch, and one goes back and forth', async ({ openRoom }) => {
  const page = await opened(await openRoom(newChat))
  await say(page, 'Tell me of tea')
  await said(page).hover()
  await said(page).getByRole('button', { name: 'Edit' }).click()
  await page.getByRole('textbox', { name: 'Message', exact: true }).fill('Tell me of coffee')
  await page.getByRole('button', { name: 'Ask anew as a branch' }).click()
  await expect(said(page)).toContainText('Tell me of coffee')
  await expect(page.getByLabel('Branch 2 of 2')).toBeVisible()
  await expect(answers(page)).toHaveCount(1)
  await page.getByRole('button', { name: 'Earlier branch' }).click()
  await expect(said(page)).toContainText('Tell me of tea')
  await page.getByRole('button', { name: 'Later branch' }).click()
  await expect(said(page)).toContainText('Tell me of coffee')
})

test('[CH5] a link to a message opens its conversation there', async ({ openRoom }) => {
  const page = await opened(await openRoom(newChat))
  await say(page, 'The first of many')
  for (const n of [2, 3, 4]) await say(page, `Number ${n}`)
  const first = await said(page).first().getAttribute('data-message')
  await page.goto(`${page.url()}?message=${first}`)
  await expect(page.locator(`[data-message="${first}"][data-highlighted]`)).toBeInViewport()
})

test('[CH30] [CH31] older messages come as one scrolls up, and none is jumped over', async ({ device, folder }) => {
  const page = await (await device()).open('/import')
  const file = join(folder, 'long.json')
  writeFileSync(file, JSON.stringify([longConversation(300)]))
  await page.getByLabel('Files to import').first().setInputFiles(file)
  await page.getByRole('button', { name: /^Import / }).click()
  await expect(page.getByText(/^Imported /)).toBeVisible()
  await page.getByRole('navigation').getByRole('link', { name: 'ChatGPT' }).first().click()
  await page.getByRole('link', { name: /^A long talk/ }).click()
  await expect(page.getByText('Message 300.')).toBeInViewport()

  await page.getByRole('log', { name: 'Messages' }).hover()
  let first = await firstInView(page)
  await expect(async () => {
    await page.mouse.wheel(0, -400)
    const next = await firstInView(page)
    expect(next).toBeGreaterThan(first - 20)
    first = next
    expect(first).toBe(1)
  }).toPass({ timeout: 60_000, intervals: [50] })
})

/** The number of the topmost message in view. */
const firstInView = (page: Page) =>
  page.getByRole('log', { name: 'Messages' }).evaluate((log) => {
    const { top, bottom } = log.getBoundingClientRect()
    const numbers = [...log.querySelectorAll('[data-message]')]
      .filter((it) => it.getBoundingClientRect().bottom > top && it.getBoundingClientRect().top < bottom)
      .map((it) => Number(/Message (\d+)\./.exec(it.textContent ?? '')?.[1]))
    return Math.min(...numbers)
  })

const longConversation = (count: number) => {
  const nodes = Array.from({ length: count }, (_, index) => ({
    id: `n${index + 1}`,
    parent: index === 0 ? null : `n${index}`,
    children: index + 1 === count ? [] : [`n${index + 2}`],
    message: {
      id: `n${index + 1}`,
      author: { role: index % 2 === 0 ? 'user' : 'assistant' },
      create_time: 1_760_000_000 + index,
      content: { content_type: 'text', parts: [`Message ${index + 1}.${' And so on.'.repeat(index % 40)}`] },
      recipient: 'all',
    },
  }))
  const mapping = Object.fromEntries(nodes.map((node) => [node.id, node]))
  return { id: 'long', title: 'A long talk', create_time: 1_760_000_000, current_node: `n${count}`, mapping }
}

test('[CH10] a draft survives a reload, and is gone once it is sent', async ({ openRoom }) => {
  const page = await opened(await openRoom(newChat))
  const room = page.url()
  await field(page).fill('half a thought')
  await page.reload()
  await expect(field(page)).toHaveValue('half a thought')
  await field(page).press('Enter')
  await expect(said(page)).toContainText('half a thought')
  await page.goto(room)
  await expect(field(page)).toHaveValue('')
})

test('[CH11] two tabs write drafts of their own', async ({ openRoom }) => {
  const one = await opened(await openRoom(newChat))
  const two = await opened(await openRoom(newChat))
  await field(one).fill('one')
  await field(two).fill('two')
  await one.reload()
  await expect(field(one)).toHaveValue('one')
  await expect(field(two)).toHaveValue('two')
})

test('[RE24] a reload in the middle of an answer answers once', async ({ openRoom }) => {
  const page = await opened(await openRoom(newChat))
  await say(page, 'The harbour lights in Lisbon are lovely')
  await field(page).fill('harbour lights?')
  // By the page itself, as soon as there is an answer under way: it may be over before a test hears of it.
  const reloaded = page.waitForEvent('load')
  await page.evaluate(() => {
    const reloadWhileBusy = new MutationObserver(() => {
      if (document.querySelector('article[aria-busy]') === null) return
      reloadWhileBusy.disconnect()
      location.reload()
    })
    reloadWhileBusy.observe(document.body, { subtree: true, childList: true, attributes: true })
  })
  await field(page).press('Enter', { noWaitAfter: true })
  await reloaded
  await expect(answers(page)).toHaveCount(2)
})

test('[CH6] a conversation is renamed, archived and deleted, with a way back', async ({ openRoom }) => {
  const page = await opened(await openRoom(newChat))
  await say(page, 'Something to keep')
  await page.getByRole('heading', { name: 'Something to keep' }).getByRole('button').click()
  await page.getByRole('textbox', { name: 'Title', exact: true }).fill('')
  await page.keyboard.press('Enter')
  await expect(page.getByText('A title has 1–200 characters.')).toBeVisible()
  await page.getByRole('textbox', { name: 'Title', exact: true }).fill('Kept')
  await page.keyboard.press('Enter')
  const listed = page.getByRole('link', { name: /^Kept/ })
  await expect(listed).toBeVisible()
  const choose = async (act: string) => {
    await page.getByRole('button', { name: 'More about this conversation' }).click()
    await page.getByRole('menuitem', { name: act }).click()
  }
  await choose('Archive')
  await expect(listed).toBeHidden()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(listed).toBeVisible()
  await choose('Delete')
  await expect(page.getByText('This conversation is in the trash.')).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(field(page)).toBeVisible()
})

test('[CH7] the chat has nothing that axe finds serious, in the light, in the dark and on a phone', async ({
  openRoom,
}) => {
  const page = await opened(await openRoom(newChat))
  await say(page, 'Look:\n\n```ts\n// a note\nconst a = 1\n```')
  expect(await seriousInAllLooks(page)).toEqual([])
})
