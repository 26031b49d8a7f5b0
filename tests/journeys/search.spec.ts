import type { Page } from '@playwright/test'
import { startConversation } from '#schema/conversations/commands.ts'
import { sendMessage } from '#schema/conversations/message-commands.ts'
import { addMemory } from '#schema/memories/commands.ts'
import { commitIn } from '#tests/support/commit-in.ts'
import { joinLink } from '#tests/support/join-link.ts'
import { expect, follow, test } from '#tests/support/journey.ts'
import { seriousInAllLooks } from '#tests/support/looks.ts'
import { makePersona } from '#tests/support/personas.ts'
import { factsOf } from '#tests/support/stores.ts'

const conversationId = 'harbourwalks'
const now = Date.now()
const stamp = (minute: number) => ({ at: new Date(now + minute * 60_000), actorId: 'ada', deviceId: 'laptop' })

/** 150 messages, and beside the third of them a branch that is not the open one. */
const talk = (personaId: string) => {
  const say = (messageId: string, parentMessageId: string | null, text: string, minute: number) =>
    factsOf(
      sendMessage(
        { conversationId, personaId },
        { messageId, parentMessageId, role: 'user', parts: [{ type: 'text', text }] },
        stamp(minute),
      ),
    )
  const said = (n: number) => (n === 2 ? 'The anchor is heavy' : `Number ${n}`)
  const main = Array.from({ length: 150 }, (_, n) => say(`m${n}`, n === 0 ? null : `m${n - 1}`, said(n), n + 1))
  return [
    ...factsOf(startConversation(personaId, conversationId, { title: 'Harbour walks' }, stamp(0))),
    ...main.slice(0, 2).flat(),
    ...say('beside', 'm1', 'The lighthouse keeper sings', 2),
    ...main.slice(2).flat(),
  ]
}

const personaIn = (page: Page) => /\/p\/(\w+)/.exec(page.url())?.[1] ?? ''
const synced = (page: Page) => expect(page.getByText('saved everywhere')).toBeVisible()
const option = (page: Page, text: string) => page.getByRole('option').filter({ hasText: text })
const opened = (page: Page, personaId: string) =>
  page.evaluate((id) => globalThis.__debugLiveStore?.[id] !== undefined, `persona_${personaId}`)

test('[SP1] [SP6] [SP7] [SP11] what a device never opened is found from the palette, listed in the room, and opened in its place', async ({
  device,
}) => {
  const laptop = await (await device()).open()
  await makePersona(laptop, 'Ada')
  const ada = personaIn(laptop)
  await commitIn(laptop, `persona_${ada}`, talk(ada))
  await makePersona(laptop, 'Boris')
  const boris = personaIn(laptop)
  const draft = {
    content: 'Keeps the lighthouse lamps',
    importance: 0.5,
    kind: 'fact',
    tags: [],
    occurredAt: new Date(),
  }
  await commitIn(laptop, `persona_${boris}`, factsOf(addMemory(boris, 'lamps', draft, stamp(0))))
  await synced(laptop)

  const page = await (await device()).open(await joinLink(laptop))
  await follow(page, `/p/${boris}/memories`)
  await expect(option(page, 'Keeps the lighthouse lamps')).toBeVisible()

  await page.keyboard.press('Control+k')
  const field = page.getByRole('combobox', { name: 'Find anything' })
  await field.fill('recov')
  await expect(option(page, 'Recovery key')).toBeVisible()
  await field.fill('lighth')
  await expect(page.getByRole('group', { name: 'Ada: 1 found' })).toContainText('The lighthouse keeper sings')
  await expect(page.getByRole('group', { name: 'Boris: 1 found' }).locator('mark')).toHaveText('lighthouse')
  expect(await opened(page, ada)).toBe(false)
  expect(await seriousInAllLooks(page)).toEqual([])
  await field.press('Control+Enter')

  await expect(page).toHaveURL(/\/search\?q=lighth$/)
  await expect(page.getByText('2 found, with 2 personas')).toBeVisible()
  expect(await seriousInAllLooks(page)).toEqual([])
  await option(page, 'The lighthouse keeper sings').click()
  await expect(page.locator('[data-message="beside"][data-highlighted]')).toBeInViewport()
  await expect(page).toHaveURL(new RegExp(`/p/${ada}/chats/${conversationId}\\?message=beside$`))
  await expect(page.getByText('is on another branch')).toBeHidden()

  await page.goBack()
  const room = page.getByRole('combobox', { name: 'Search everything' })
  await expect(room).toHaveValue('lighth')
  await expect(option(page, 'Keeps the lighthouse lamps')).toBeVisible()
  await room.fill('anchor')
  await expect(option(page, 'The anchor is heavy')).toBeVisible()
  await room.press('ArrowDown')
  await room.press('Enter')
  await expect(page.locator('[data-message="m2"][data-highlighted]')).toBeInViewport()

  await follow(page, '/search?q=lamps')
  await option(page, 'Keeps the lighthouse lamps').click()
  await expect(page.getByRole('region', { name: 'Memory' })).toContainText('Keeps the lighthouse lamps')
  await follow(page, '/search?q=zeppelin')
  await expect(page.getByText('Nothing was found', { exact: true })).toBeVisible()
  expect(await seriousInAllLooks(page)).toEqual([])
  await follow(page, '/search')
  await expect(option(page, 'lamps')).toBeVisible()
  expect(await seriousInAllLooks(page)).toEqual([])
})
