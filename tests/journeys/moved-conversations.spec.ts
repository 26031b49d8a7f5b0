import type { Page } from '@playwright/test'
import { defaultSettings } from '#schema/conversations/defaults.ts'
import { receiveConversation, receiveMessages } from '#schema/conversations/transfers.ts'
import { receivedIdOf } from '#schema/shared/transfers.ts'
import { commitIn } from '#tests/support/commit-in.ts'
import { expect, follow, test } from '#tests/support/journey.ts'
import { makePersona } from '#tests/support/personas.ts'

test('[CH66] [CH67] [CH68] a conversation moves offline, and is taken back where it was; a page killed between the two logs ends its move when it opens again, and offers the way back', async ({
  device,
  server,
}) => {
  test.slow() // a device twice, and a server
  const laptop = await device({ profile: 'laptop' })
  const page = await laptop.open()
  await makePersona(page, 'Ben')
  const benId = personaIdIn(page)
  await makePersona(page, 'Ada')
  await page.waitForURL(({ pathname }) => !pathname.includes(benId))
  const personaId = personaIdIn(page)
  await commitIn(page, `persona_${personaId}`, longTalk(personaId))
  const talk = `/p/${personaId}/chats/${receivedIdOf('talk', 'seed')}`
  await follow(page, talk)
  await expect(page.getByText('saved everywhere')).toBeVisible()
  await chooseBen(page) // what moves is here before the server is away
  await page.getByRole('button', { name: 'Cancel' }).click()

  await server.kill()
  await (await chooseBen(page)).click()
  await expect(isMoved(page)).toBeVisible()
  await expect(page.getByText(/^offline · \d+ waiting$/)).toBeVisible()
  await server.restart()
  await expect(page.getByText('saved everywhere')).toBeVisible()
  await page.getByRole('button', { name: 'Take it back' }).click()
  await expect(page.getByRole('textbox', { name: 'Message Ada' })).toBeVisible()

  const move = await chooseBen(page)
  await page.evaluate(standStillHalfWay)
  const stands = page.waitForEvent('dialog')
  void move.click().catch(() => undefined) // it does not end
  await stands
  await laptop.crash()
  const again = await (await device({ profile: 'laptop' })).open(talk)
  await expect(again.getByText('“A long talk” is moved to Ben.')).toBeVisible()
  await expect(isMoved(again)).toBeVisible()
  await again.getByRole('link', { name: 'Go there' }).click()
  await expect(again.getByText('Sentence 400.')).toBeVisible()
  await expect(again.getByRole('list', { name: 'Chats' }).getByRole('listitem')).toHaveCount(1)
  const there = again.url()
  await follow(again, talk)
  await expect(isMoved(again)).toBeVisible()
  await again.keyboard.press('Control+z')
  await expect(again.getByRole('textbox', { name: 'Message Ada' })).toBeVisible()
  await follow(again, there)
  await expect(again.getByText('This conversation is in the trash.')).toBeVisible()
})

const personaIdIn = (page: Page) => /\/p\/(\w+)/.exec(page.url())?.[1] ?? ''

const isMoved = (page: Page) => page.getByText('This conversation was moved to Ben.')

/** Up to the last press, which is left to do. */
const chooseBen = async (page: Page) => {
  await page.getByRole('button', { name: 'More about this conversation' }).click()
  await page.getByRole('menuitem', { name: 'Move to another persona…' }).click()
  await page.getByRole('combobox', { name: 'To whom' }).click()
  await page.getByRole('option', { name: 'Ben', exact: true }).click()
  return page.getByRole('button', { name: 'Move to Ben' })
}

/** Moving it takes many facts. */
const longTalk = (personaId: string) => {
  const stamp = { at: new Date(), actorId: 'ada', deviceId: 'laptop' }
  const transfer = { transferId: 'seed', fromPersonaId: 'elsewhere', toPersonaId: personaId }
  const messages = Array.from({ length: 400 }, (_, n) => ({
    messageId: `m${n}`,
    conversationId: 'talk',
    parentMessageId: n === 0 ? null : `m${n - 1}`,
    role: 'user' as const,
    parts: [{ type: 'text' as const, text: `${'A long story. '.repeat(150)}\n\nSentence ${n + 1}.` }],
    sentAt: new Date(stamp.at.getTime() + n),
  }))
  const conversation = {
    conversationId: 'talk',
    title: 'A long talk',
    settings: defaultSettings,
    tags: [],
    startedAt: stamp.at,
    archivedAt: null,
    favourite: false,
    currentMessageId: 'm399',
  }
  return [receiveConversation(conversation, transfer, stamp), ...receiveMessages(messages, transfer, stamp)]
}

/** By the page itself, as soon as some of it is there: it may be over before a test hears of it. */
const standStillHalfWay = () => {
  new MutationObserver((_, watching) => {
    if (document.querySelector('[role="dialog"] [role="progressbar"]') === null) return
    watching.disconnect()
    alert('Half of it is there.')
  }).observe(document.body, { subtree: true, childList: true })
}
