import type { Page } from '@playwright/test'
import { startConversation } from '#schema/conversations/commands.ts'
import { conversationEvents } from '#schema/conversations/events.ts'
import type { MessagePart } from '#schema/conversations/parts.ts'
import { memoryEvents } from '#schema/memories/events.ts'
import { proposalEvents } from '#schema/proposals/events.ts'
import { commitIn } from '#tests/support/commit-in.ts'
import { expect, follow, test } from '#tests/support/journey.ts'
import { makePersona } from '#tests/support/personas.ts'
import { factsOf } from '#tests/support/stores.ts'

/** Each would leave its mark if it ran: `window.ran`. */
const attacks = [
  '<script>window.ran=1</script>',
  '<img src=x onerror="window.ran=1">',
  '"><img src=x onerror=window.ran=1>',
  '<svg onload="window.ran=1"><animate onbegin="window.ran=1" attributeName=x dur=1s></svg>',
  '<iframe srcdoc="<script>parent.ran=1</script>"></iframe>',
  '<details open ontoggle="window.ran=1"><summary>x</summary></details>',
  '<math><mtext><table><mglyph><style><img src=x onerror=window.ran=1>',
  '<video><source onerror="window.ran=1"></video>',
  '<body onpageshow="window.ran=1">',
  '<input autofocus onfocus="window.ran=1">',
  '[press me](javascript:window.ran=1)',
  '[press me](data:text/html,<script>opener.ran=1</script>)',
  '![x](x" onerror="window.ran=1)',
  '{{constructor.constructor("window.ran=1")()}}',
  '$\u007bwindow.ran=1}',
  '</textarea><script>window.ran=1</script>',
]

const by = { actorId: 'eve', deviceId: 'evil' }
const at = new Date(Date.UTC(2026, 2, 1))

const partsWith = (attack: string): readonly MessagePart[] => [
  { type: 'text', text: attack },
  { type: 'code', language: attack, code: attack, filename: attack },
  { type: 'image', url: `javascript:window.ran=1//${attack}`, alt: attack },
  {
    type: 'image',
    url: 'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" onload="parent.ran=1"/>',
    alt: attack,
  },
  { type: 'file', attachmentId: 'nowhere', name: attack },
  { type: 'reasoning', text: attack },
  { type: 'toolCall', toolCallId: 't', name: attack, input: { attack } },
  { type: 'toolResult', toolCallId: 't', output: attack },
  { type: attack, attack },
]

/** A persona whose every text was written by somebody who means ill. */
const hostileFacts = (personaId: string) => [
  ...factsOf(
    startConversation(personaId, 'c1', { title: `Talk ${attacks[1]}`, tags: ['<b onclick=1>'] }, { at, ...by }),
  ),
  ...attacks.map((attack, index) =>
    conversationEvents.messageSent({
      messageId: `m${index}`,
      conversationId: 'c1',
      personaId,
      parentMessageId: index === 0 ? null : `m${index - 1}`,
      role: index % 2 === 0 ? 'user' : 'assistant',
      parts: partsWith(attack),
      sentAt: at,
      ...by,
    }),
  ),
  ...attacks.map((content, index) =>
    memoryEvents.memoryAdded({
      memoryId: `memory${index}`,
      personaId,
      content,
      importance: 0.5,
      kind: content.slice(0, 60),
      tags: [content.slice(0, 60)],
      sourceEventIds: [content],
      occurredAt: at,
      addedAt: at,
      ...by,
    }),
  ),
  proposalEvents.memoriesProposed({
    personaId,
    conversationId: 'c1',
    proposedBy: '<script>',
    proposals: attacks.map((content, index) => ({
      memoryId: `proposal${index}`,
      content,
      importance: 0.5,
      kind: content,
      tags: [content],
      sourceMessageIds: [content],
      occurredAt: at,
      why: content,
    })),
    proposedAt: at,
    ...by,
  }),
]

/** What no page of ours ever holds, wherever its texts come from. */
const foreignIn = (page: Page) =>
  page.evaluate(() => {
    const hasHandler = (element: Element) => [...element.attributes].some(({ name }) => name.startsWith('on'))
    const leadsAway = (element: Element) =>
      /^\s*(javascript|data|vbscript):/i.test(element.getAttribute('href') ?? element.getAttribute('src') ?? '') &&
      !(element.getAttribute('src') ?? '').startsWith('data:image/')
    const isForeign = (element: Element) =>
      hasHandler(element) ||
      leadsAway(element) ||
      element.matches('script:not([src]), iframe:not([sandbox]), object, embed')
    return [...document.querySelectorAll('body *')].filter(isForeign).map((element) => element.outerHTML.slice(0, 200))
  })

test('[CH37] whatever a log holds, nothing of it runs or leads out of the page', async ({ device }) => {
  const page = await (await device()).open()
  const dialogs: string[] = []
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message())
    void dialog.dismiss()
  })
  await makePersona(page, 'Ada')
  const personaId = /\/p\/([^/]+)/.exec(page.url())?.[1] ?? ''
  await commitIn(page, `persona_${personaId}`, hostileFacts(personaId))

  const unmarked = async () => {
    expect(await foreignIn(page)).toEqual([])
    expect(await page.evaluate(() => (window as { readonly ran?: unknown }).ran)).toBeUndefined()
  }
  await page.getByRole('link', { name: /^Talk/ }).click()
  await expect(page.locator('[data-message="m15"]')).toBeVisible()
  // Only what is on screen is in the page.
  for (const shown of ['m15', 'm8', 'm0']) {
    await expect(async () => {
      await page.getByRole('log').evaluate((log, isFirst) => {
        log.scrollTop = isFirst ? 0 : log.scrollTop - 400
      }, shown === 'm0')
      await expect(page.locator(`[data-message="${shown}"]`)).toBeAttached({ timeout: 200 })
    }).toPass()
    await page.evaluate(() => {
      for (const fold of document.querySelectorAll('details')) fold.open = true
    })
    await unmarked()
  }
  for (const room of [
    'memories?memory=memory1',
    'memories?memory=memory10',
    'proposals',
    'tasks',
    'files',
    'log',
    'log?event=3',
    '',
  ]) {
    await follow(page, `/p/${personaId}/${room}`)
    await expect(page.getByRole('main')).toContainText(/\w/)
    await unmarked()
  }
  await follow(page, '/dashboard')
  await expect(page.getByRole('main')).toContainText('Ada')
  await unmarked()
  expect(dialogs).toEqual([])
})
