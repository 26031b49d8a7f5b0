import type { Page } from '@playwright/test'
import { conversationEvents } from '#schema/conversations/events.ts'
import { addMemory } from '#schema/memories/commands.ts'
import { commitIn } from '#tests/support/commit-in.ts'
import { expect, test } from '#tests/support/journey.ts'
import { phoneScreen } from '#tests/support/launch.ts'
import { seriousInAllLooks } from '#tests/support/looks.ts'
import { factsOf } from '#tests/support/stores.ts'

const by = { actorId: 'ada', deviceId: 'laptop' }
const at = new Date(2026, 5, 15, 12)
const stamp = { at, ...by }

/** Twelve memories of 2025, one a month, of which the first was said in a talk, and an answer that was given it. */
const factsFor = (personaId: string) => {
  const ids = { personaId, conversationId: 'talk' }
  const memory = (month: number) =>
    addMemory(
      personaId,
      `m${month}`,
      {
        content: `Learnt in month ${month}`,
        importance: 0.5,
        kind: month % 2 === 0 ? 'fact' : 'event',
        tags: [],
        occurredAt: new Date(2025, month - 1, 10, 12),
      },
      stamp,
      month === 1 ? ['said'] : [],
    )
  const message = (messageId: string, parentMessageId: string | null, text: string, more = {}) => ({
    messageId,
    parentMessageId,
    conversationId: 'talk',
    role: 'user' as const,
    parts: [{ type: 'text', text }],
    sentAt: new Date(2025, 0, 10, 12),
    ...more,
  })
  return [
    conversationEvents.conversationsImported({
      personaId,
      importId: 'i1',
      conversations: [
        {
          conversationId: ids.conversationId,
          title: 'Of boats',
          settings: {
            model: '',
            systemPrompt: '',
            temperature: 0.7,
            maxTokens: 100,
            topP: 1,
            frequencyPenalty: 0,
            presencePenalty: 0,
          },
          tags: [],
          startedAt: new Date(2025, 0, 10, 12),
          archivedAt: null,
          favourite: false,
          currentMessageId: 'answer',
        },
      ],
      importedAt: at,
      ...by,
    }),
    conversationEvents.messagesImported({
      personaId,
      importId: 'i1',
      messages: [
        message('before', null, 'Do you sail?'),
        message('said', 'before', 'I learnt to sail in January'),
        message('answer', 'said', 'Then you know the wind', {
          role: 'assistant',
          answer: { model: 'm', recalledMemoryIds: ['m1'], recalledMessageIds: [] },
        }),
      ],
      importedAt: at,
      ...by,
    }),
    ...Array.from({ length: 12 }, (_, month) => factsOf(memory(month + 1))).flat(),
  ]
}

const chart = (page: Page) => page.getByRole('slider', { name: 'Memories over time' })
const total = (page: Page, text: string) => page.getByRole('heading', { name: text, exact: true })

test('[TL11] [TL12] [PW8] [PW10] a time that is drawn narrows every view, and a memory leads to its message and back, on a phone too', async ({
  openRoom,
}) => {
  const page = await openRoom('memories')
  await expect(page.getByText('No memories yet')).toBeVisible()
  const personaId = /\/p\/(\w+)/.exec(page.url())?.[1] ?? ''
  await commitIn(page, `persona_${personaId}`, factsFor(personaId))
  await page.getByRole('radio', { name: 'Timeline' }).dispatchEvent('click')
  await expect(chart(page)).toBeVisible()
  expect(await seriousInAllLooks(page)).toEqual([])

  // With the keyboard: the first bar and the next.
  await chart(page).focus()
  for (const key of ['Home', 'Shift+ArrowRight', 'Enter']) await page.keyboard.press(key)
  await expect(page).toHaveURL(/when=2025-/)
  await expect(page.getByText(' of 12 memories')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page).not.toHaveURL(/when=/)
  await expect(total(page, '12 memories')).toBeVisible()

  // With the pointer: closer, then over the left half of what shows.
  const box = (await chart(page).boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
  await page.mouse.move(box.x + 2, box.y + box.height / 2)
  await page.mouse.wheel(0, -120)
  await expect(page).toHaveURL(/span=2025-/)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 4 })
  await page.mouse.up()
  await expect(page).toHaveURL(/when=2025-01-/)
  const narrowed = await page.getByRole('heading', { level: 2 }).first().textContent()
  await page.reload()
  await expect(page.getByRole('heading', { level: 2 }).first()).toHaveText(narrowed ?? '')
  await expect(page).toHaveURL(/span=2025-/)
  await expect(page.getByRole('button', { name: /Learnt in month 1 / })).toBeVisible()

  await page.getByRole('radio', { name: 'Provenance' }).dispatchEvent('click')
  const board = page.getByRole('region', { name: 'Where memories come from and go' })
  await expect(board.getByRole('heading', { name: /Answers were given 1 of/ })).toBeVisible()
  expect(await seriousInAllLooks(page)).toEqual([])
  await board.getByRole('button', { name: /^Of boats/ }).click()
  await expect(page).toHaveURL(/from=conversation/)
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  const way = page.getByRole('region', { name: 'The way of this memory' })
  await expect(way.getByText('Do you sail?')).toBeVisible()
  await expect(way.getByText('Then you know the wind').first()).toBeVisible()
  await way.getByRole('link', { name: /^Do you sail/ }).click()
  await expect(page).toHaveURL(/\/chats\/talk\?message=said/)
  await expect(page.getByText('I learnt to sail in January').first()).toBeVisible()
  await page.goBack()
  await expect(way.getByText('Do you sail?')).toBeVisible()

  expect(await seriousInAllLooks(page)).toEqual([])
  await page.setViewportSize(phoneScreen)
  await expect(way.getByText('Why it was given was not written down.')).toBeVisible()
  await way.getByRole('button', { name: 'Show the memory' }).click()
  await expect(page.getByRole('button', { name: 'History' })).toBeVisible()
})
