import type { Page } from '@playwright/test'
import { batchesOf } from '#tests/bench/data.ts'
import { atLeast, atMost, measured } from '#tests/bench/figure.ts'
import { inTurn } from '#tests/bench/in-turn.ts'
import { type Lab, tabOf } from '#tests/bench/lab.ts'
import { commitIn } from '#tests/support/commit-in.ts'
import { type ModelServer, startModelServer } from '#tests/support/model-server.ts'
import { addPersona, openWorkspaceIn } from './persona.ts'
import { accountFacts, personaId, talkFacts } from './talk-facts.ts'

/**
 * A conversation of 5 000 messages with 200 branches: how soon it opens, how it scrolls, and whether an answer of 2 000
 * tokens costs a frame. Beside it the same words in markup that is just there, so that what remains is ours: without a
 * graphics card a browser is busy with painting alone.
 */
export const talkBench = async (lab: Lab) => {
  const [appUrl, models, page] = [await lab.appUrl(), await startModelServer(), tabOf(await lab.device())]
  try {
    await page.goto(appUrl)
    await addPersona(page, appUrl, personaId, 0)
    await commitIn(page, await openWorkspaceIn(page), accountFacts(models.baseUrl))
    for (const facts of batchesOf(talkFacts(), 4)) await commitIn(page, `persona_${personaId}`, facts)

    await page.goto(`${appUrl}/p/${personaId}/chats`)
    const opened = await inTurn(
      5,
      () => open(page, 'long'),
      () => open(page, 'short'),
    )
    const busy = { ours: [] as number[], theirs: [] as number[] }
    const scrolled = await inTurn(
      3,
      async (round) => {
        await open(page, 'long')
        const { perSecond, busyPerFrame } = await scrollThrough(page, '[role="log"]', -60)
        if (round > 0) busy.ours.push(busyPerFrame)
        return perSecond
      },
      async (round) => {
        await showPlain(page, 40)
        const { perSecond, busyPerFrame } = await scrollThrough(page, '#plain', 60)
        await hidePlain(page)
        if (round > 0) busy.theirs.push(busyPerFrame)
        return perSecond
      },
    )
    await open(page, 'long')
    const [slowest, plainSlowest]: [number[], number[]] = [[], []]
    const late = await inTurn(
      3,
      async (round) => {
        const frames = await answerStreams(page, models)
        if (round > 0) slowest.push(frames.slowest)
        return frames.late * 100
      },
      async (round) => {
        const frames = await plainStreams(page, models)
        if (round > 0) plainSlowest.push(frames.slowest)
        return frames.late * 100
      },
    )
    const [short, plain, plainStream] = [
      'a conversation of two messages',
      'the same messages in markup that is just there',
      'the same stream, as text at the end of such markup',
    ]
    return [
      measured({
        name: '5 000 messages, 200 branches open',
        unit: 'ms',
        ...opened,
        baseline: short,
        budget: atMost(500),
      }),
      measured({
        name: '5 000 messages scroll',
        unit: 'frames/s',
        ...scrolled,
        baseline: plain,
        budget: atLeast(59.5),
      }),
      measured({
        name: '5 000 messages scroll: main thread a frame',
        unit: 'ms',
        ...busy,
        baseline: plain,
        budget: atMost(16.7),
      }),
      measured({ name: 'a reply of 2 000 tokens among them: late frames', unit: '%', ...late, baseline: plainStream }),
      measured({
        name: 'a reply of 2 000 tokens among them: slowest frame',
        unit: 'ms',
        ours: slowest,
        theirs: plainSlowest,
        baseline: plainStream,
      }),
    ]
  } finally {
    await models.stop()
  }
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

/**
 * Four seconds at so many pixels a frame: frames a second, and the milliseconds of each that the main thread was busy,
 * which tell whether 60 a second are held up by us or by a machine that paints without a graphics card.
 */
const scrollThrough = async (page: Page, selector: string, pixels: number) => {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  const busySeconds = async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN
  }
  const before = await busySeconds()
  const { frames, seconds } = await page.evaluate(
    async ({ selector, pixels }) => {
      const scroller = document.querySelector(selector)
      if (scroller === null) throw new Error(`Nothing here is ${selector}.`)
      const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve))
      const startedAt = await frame()
      let [frames, now] = [0, startedAt]
      while (now - startedAt < 4000) {
        scroller.scrollTop += pixels
        now = await frame()
        frames++
      }
      return { frames, seconds: (now - startedAt) / 1000 }
    },
    { selector, pixels },
  )
  const busy = (await busySeconds()) - before
  await session.detach()
  return { perSecond: frames / seconds, busyPerFrame: (busy * 1000) / frames }
}

/** What is drawn of the talk, so many times over, above everything. */
const showPlain = (page: Page, times: number) =>
  page.evaluate(async (times) => {
    const shown = [...document.querySelectorAll('[role="log"] [data-message]')].map(({ outerHTML }) => outerHTML)
    const plain = document.createElement('div')
    plain.id = 'plain'
    plain.style.cssText = 'position:fixed;inset:0;z-index:999;overflow:auto;background:white;color:black'
    plain.innerHTML = shown.join('').repeat(times)
    document.body.append(plain)
    await new Promise((resolve) => setTimeout(resolve, 500)) // until it is laid out and painted
  }, times)

const hidePlain = (page: Page) => page.evaluate(() => document.querySelector('#plain')?.remove())

/** While two hundred tokens a second come. */
const answerStreams = async (page: Page, models: ModelServer) => {
  const field = page.getByRole('textbox', { name: /^Message / })
  await field.fill('Tell me all of it.')
  await field.press('Enter')
  await page.locator('article[aria-busy]').waitFor()
  return paced(models, () => watchFrames(page, 'article[aria-busy]'))
}

/** The same stream, read and written down as it comes. */
const plainStreams = async (page: Page, models: ModelServer) => {
  await showPlain(page, 1)
  await page.evaluate(async (baseUrl) => {
    const answer = await fetch(`${baseUrl}/chat/completions`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ model: 'paced', stream: true, messages: [{ role: 'user', content: 'All of it.' }] }),
    })
    const plain = document.querySelector('#plain')
    const text = document.createElement('p')
    text.id = 'coming'
    plain?.append(text)
    const read = async () => {
      for await (const piece of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
        text.append(piece.replaceAll(/.*"content":"([^"]*)".*/g, '$1'))
        if (plain !== null) plain.scrollTop = plain.scrollHeight
      }
      text.removeAttribute('id')
    }
    void read()
  }, models.baseUrl)
  const frames = await paced(models, () => watchFrames(page, '#coming'))
  await hidePlain(page)
  return frames
}

const paced = async <A>(models: ModelServer, watch: () => Promise<A>): Promise<A> => {
  const pacing = setInterval(() => models.give(4), 20)
  try {
    return await watch()
  } finally {
    clearInterval(pacing)
  }
}

/** As long as the selector finds something: frames of which the one before was more than one and a half ago, and the longest. */
const watchFrames = (page: Page, selector: string) =>
  page.evaluate(async (selector) => {
    const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve))
    let [last, count, late, slowest] = [await frame(), 0, 0, 0]
    while (document.querySelector(selector) !== null) {
      const now = await frame()
      count++
      if (now - last > 25) late++
      slowest = Math.max(slowest, now - last)
      last = now
    }
    return { late: late / count, slowest }
  }, selector)
