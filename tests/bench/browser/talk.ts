import type { Page } from '@playwright/test'
import { defaultSettings } from '#schema/conversations/defaults.ts'
import { conversationEvents, type ImportedMessage } from '#schema/conversations/events.ts'
import { addAccount, listModels } from '#schema/providers/commands.ts'
import { batchesOf } from '#tests/bench/data.ts'
import { atLeast, atMost, measured } from '#tests/bench/figure.ts'
import { inTurn } from '#tests/bench/in-turn.ts'
import { type Lab, tabOf } from '#tests/bench/lab.ts'
import { commitIn } from '#tests/support/commit-in.ts'
import { startModelServer } from '#tests/support/model-server.ts'
import { factsOf } from '#tests/support/stores.ts'
import { addPersona, openWorkspaceIn, stampOf } from './persona.ts'

const personaId = 'tara'
const branches = 200

/** A conversation of 5 000 messages with 200 branches: how soon it opens, how it scrolls, and whether an answer of 2 000 tokens costs a frame. */
export const talkBench = async (lab: Lab) => {
  const [appUrl, models, page] = [await lab.appUrl(), await startModelServer(), tabOf(await lab.device())]
  try {
    await page.goto(appUrl)
    await addPersona(page, appUrl, personaId, 0)
    await commitIn(page, await openWorkspaceIn(page), accountFacts(models.baseUrl))
    for (const facts of batchesOf(
      [...conversationFacts('long', treeOfMessages()), ...conversationFacts('short', lineOf('short', 2))],
      4,
    ))
      await commitIn(page, `persona_${personaId}`, facts)

    await page.goto(`${appUrl}/p/${personaId}/chats`)
    const opened = await inTurn(
      5,
      () => open(page, 'long'),
      () => open(page, 'short'),
    )
    const scrolled = await inTurn(
      3,
      async () => {
        await open(page, 'long')
        return scrollUp(page)
      },
      () => idle(page, 4000),
    )
    await open(page, 'long')
    const streamed = await answerStreams(page, models.give)
    const baseline = 'a conversation of two messages'
    return [
      measured({ name: '5 000 messages, 200 branches open', unit: 'ms', ...opened, baseline, budget: atMost(500) }),
      measured({
        name: '5 000 messages scroll',
        unit: 'frames/s',
        ...scrolled,
        baseline: 'the same page at rest',
        budget: atLeast(59.5),
      }),
      measured({
        name: 'a reply of 2 000 tokens among them: late frames',
        unit: '%',
        ours: [streamed.late * 100],
        baseline: 'the same page at rest',
        theirs: [(await lateAtRest(page)) * 100],
      }),
      measured({
        name: 'a reply of 2 000 tokens among them: slowest frame',
        unit: 'ms',
        ours: [streamed.slowest],
        baseline: 'one frame',
        theirs: [1000 / 60],
      }),
    ]
  } finally {
    await models.stop()
  }
}

const accountFacts = (baseUrl: string) => {
  const stamp = stampOf(personaId)
  const draft = { kind: 'openai-compatible', name: 'Bench', baseUrl, viaProxy: false, limits: {} } as const
  return [
    addAccount('bench', draft, stamp),
    listModels({ accountId: 'bench', listedModels: [] }, [{ id: 'paced', contextTokens: 100_000 }], stamp),
  ].flatMap(factsOf)
}

const words = 'the tide comes in twice a day and nobody at the harbour thinks it strange but the gulls'.split(' ')
const textOf = (n: number) =>
  `${n % 7 === 0 ? `## Number ${n}\n\n- one\n- **two**\n\n` : ''}${words.map((word, at) => words[(at * (n + 3)) % words.length] ?? word).join(' ')}.`

const messageAt = (conversationId: string, id: string, parent: string | null, n: number): ImportedMessage => ({
  messageId: id,
  conversationId,
  parentMessageId: parent,
  role: n % 2 === 0 ? 'user' : 'assistant',
  parts: [{ type: 'text', text: textOf(n) }],
  sentAt: new Date(Date.UTC(2026, 0, 1) + n * 60_000),
})

const lineOf = (conversationId: string, length: number, from: string | null = null, prefix = conversationId) =>
  Array.from({ length }, (_, n) => messageAt(conversationId, `${prefix}${n}`, n === 0 ? from : `${prefix}${n - 1}`, n))

/** A trunk of 3 000, and ten messages beside every fifteenth of it. */
const treeOfMessages = (): readonly ImportedMessage[] => [
  ...lineOf('long', 3000),
  ...Array.from({ length: branches }, (_, n) => lineOf('long', 10, `long${n * 15}`, `branch${n}x`)).flat(),
]

const conversationFacts = (conversationId: string, messages: readonly ImportedMessage[]) => {
  const by = { personaId, importId: 'bench', importedAt: new Date(), actorId: 'bench', deviceId: 'bench' }
  const conversation = {
    conversationId,
    title: `A ${conversationId} one`,
    settings: { ...defaultSettings, model: 'bench/paced' },
    tags: [],
    startedAt: new Date(Date.UTC(2026, 0, 1)),
    archivedAt: null,
    favourite: false,
    currentMessageId: messages.findLast(({ messageId }) => messageId.startsWith(conversationId))?.messageId ?? null,
  }
  return [
    ...batchesOf(messages, 400).map((some) => conversationEvents.messagesImported({ ...by, messages: some })),
    conversationEvents.conversationsImported({ ...by, conversations: [conversation] }),
  ]
}

/** Milliseconds from the press to the frame that shows the last message. */
const open = async (page: Page, conversationId: string): Promise<number> => {
  const other = conversationId === 'long' ? 'short' : 'long'
  await page.getByRole('link', { name: `A ${other} one` }).click()
  await page.locator(`[data-message^="${other}"]`).last().waitFor()
  return page.evaluate(async (id) => {
    const link = [...document.querySelectorAll('a')].find(({ textContent }) => textContent?.includes(`A ${id} one`))
    const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve))
    const startedAt = performance.now()
    link?.click()
    while (document.querySelector(`[data-message^="${id}"]`) === null) await frame()
    await frame()
    return performance.now() - startedAt
  }, conversationId)
}

const scrollUp = (page: Page) =>
  page.evaluate(async () => {
    const scroller = document.querySelector('[role="log"]')
    if (scroller === null) throw new Error('No messages are shown.')
    const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve))
    const startedAt = await frame()
    let [count, now] = [0, startedAt]
    while (now - startedAt < 4000) {
      scroller.scrollTop -= 60
      now = await frame()
      count++
    }
    return (count / (now - startedAt)) * 1000
  })

const idle = (page: Page, ms: number) =>
  page.evaluate(async (ms) => {
    const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve))
    const startedAt = await frame()
    let [count, now] = [0, startedAt]
    while (now - startedAt < ms) {
      now = await frame()
      count++
    }
    return (count / (now - startedAt)) * 1000
  }, ms)

/** Frames of which the one before was more than one and a half ago, and the longest, while two hundred tokens a second come. */
const answerStreams = async (page: Page, give: (pieces: number) => void) => {
  const field = page.getByRole('textbox', { name: /^Message / })
  await field.fill('Tell me all of it.')
  await field.press('Enter')
  await page.locator('article[aria-busy]').waitFor()
  const pacing = setInterval(() => give(4), 20)
  try {
    return await watchFrames(page, 'article[aria-busy]')
  } finally {
    clearInterval(pacing)
  }
}

const lateAtRest = async (page: Page) => (await watchFrames(page, null)).late

/** As long as the selector finds something, or for four seconds. */
const watchFrames = (page: Page, selector: string | null) =>
  page.evaluate(async (selector) => {
    const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve))
    const startedAt = await frame()
    let [last, count, late, slowest] = [startedAt, 0, 0, 0]
    while (selector === null ? last - startedAt < 4000 : document.querySelector(selector) !== null) {
      const now = await frame()
      count++
      if (now - last > 25) late++
      slowest = Math.max(slowest, now - last)
      last = now
    }
    return { late: late / count, slowest }
  }, selector)
