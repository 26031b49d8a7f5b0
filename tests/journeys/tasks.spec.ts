import type { Page } from '@playwright/test'
import { joinLink } from '#tests/support/join-link.ts'
import { test as base, expect, follow } from '#tests/support/journey.ts'
import { seriousNow } from '#tests/support/looks.ts'
import { withAccount } from '#tests/support/model-account.ts'
import { type ModelServer, startModelServer, strangersAt } from '#tests/support/model-server.ts'
import { makePersona } from '#tests/support/personas.ts'

/** Against a real server of models on loopback, which does what a model's name says. */
const test = base.extend<{ models: ModelServer }>({
  // Playwright reads the dependencies of a fixture from the pattern, so an empty one has to stand here.
  // biome-ignore lint/correctness/noEmptyPattern: see above
  models: async ({}, use) => {
    const server = await startModelServer()
    await use(server)
    await server.stop()
  },
})

let personas = 0

const field = (page: Page) => page.getByRole('textbox', { name: /^Message / })
const answers = (page: Page) => page.locator('article[data-role="assistant"]:not([aria-busy])')
const coming = (page: Page) => page.locator('article[aria-busy]')

const choose = async (page: Page, model: string) => {
  await page.getByRole('button', { name: /^Answers: / }).click()
  await page.getByRole('menuitem', { name: model, exact: true }).click()
  await expect(page.getByRole('button', { name: `Answers: ${model}` })).toBeVisible()
}

const ask = async (page: Page, text: string) => {
  await field(page).fill(text)
  await field(page).press('Enter')
}

const startedWith = async (page: Page, models: ModelServer, model: string) => {
  await withAccount(page, models)
  await follow(page, `/p/taskjourney${personas++}/chats/new`)
  await expect(field(page)).toBeVisible()
  await choose(page, model)
}

test('[TK60] [TK67] [TK68] an answer streams, is stopped with what has come, and another goes on below it', async ({
  device,
  models,
}) => {
  const page = await (await device()).open('/settings')
  await startedWith(page, models, 'slow')
  await ask(page, 'How long for tea?')
  models.give(3)
  await expect(coming(page)).toContainText('A pot of')
  await expect(page.getByRole('button', { name: '1 answer under way' })).toBeVisible()
  await ask(page, 'And coffee?')
  await expect(page.getByText('The answer is still coming.')).toBeVisible()
  await expect(field(page)).toHaveValue('And coffee?')
  await field(page).press('Escape')
  await expect(answers(page)).toContainText('A pot of')
  await expect(answers(page)).toContainText('You stopped this answer.')
  await choose(page, 'quick')
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(answers(page)).toHaveCount(2)
  await expect(answers(page).last()).toContainText('four minutes')
  expect(models.requests.at(-1)?.body.messages.at(-1)?.role).toBe('user')
})

test('[CH50] an answer that becomes a message keeps what is drawn of it, and its code is coloured as it comes', async ({
  device,
  models,
}) => {
  const page = await (await device()).open('/settings')
  await startedWith(page, models, 'paced')
  await ask(page, 'Tell me all of it.')
  models.give(120)
  const head = coming(page).getByRole('heading', { name: 'Part 1' })
  await expect(head).toBeVisible()
  await expect(coming(page).locator('pre span span', { hasText: 'const' }).first()).toBeVisible({ timeout: 30_000 })
  const drawn = await head.elementHandle()
  models.give(2000)
  await expect(answers(page)).toContainText('Part 30', { timeout: 60_000 })
  await expect(page.getByRole('button', { name: 'Compare with another model' })).toBeVisible()
  expect(await drawn?.evaluate((heading) => heading.closest('[data-message]') !== null)).toBe(true)
})

test('[TK61] a model that is limited for good is left for the next in the persona’s order', async ({
  device,
  models,
}) => {
  const page = await (await device()).open('/settings')
  await withAccount(page, models)
  await makePersona(page, 'Ada')
  const personaId = /\/p\/([^/]+)/.exec(page.url())?.[1]
  await follow(page, `/p/${personaId}`)
  for (const model of ['always-limited', 'quick']) {
    await page.locator('input[aria-label="Add a model to the order"]').click()
    await page.getByRole('option', { name: model, exact: true }).click()
    await expect(page.getByRole('listitem').filter({ hasText: model })).toBeVisible()
  }
  await follow(page, `/p/${personaId}/chats/new`)
  await ask(page, 'How long for tea?')
  await expect(answers(page)).toContainText('four minutes')
  await page.getByRole('button', { name: 'How this answer came about' }).click()
  const panel = page.getByRole('complementary', { name: 'How this answer came about' })
  await expect(panel.getByText(/Failed: .* takes no more for now/)).toHaveCount(3)
  await follow(page, `/p/${personaId}/tasks`)
  await expect(page.getByRole('row', { name: /quick/ }).first()).toBeVisible()
})

test('[TK62] a server that breaks off keeps what arrived, and offers the next steps', async ({ device, models }) => {
  const page = await (await device()).open('/settings')
  await startedWith(page, models, 'breaks')
  await ask(page, 'How long for tea?')
  await expect(coming(page)).toContainText('This will not')
  models.give()
  await expect(answers(page)).toContainText('This will not')
  await expect(answers(page)).toContainText('This answer failed')
  await expect(page.getByRole('button', { name: 'Continue' })).toBeVisible()
  await page.getByRole('button', { name: 'Answer from memory' }).click()
  await expect(page.getByLabel('Branch 2 of 2')).toBeVisible()
  await expect(answers(page)).toContainText('no model connected')
  await page.getByRole('button', { name: 'Earlier branch' }).click()
  await expect(answers(page)).toContainText('This will not')
})

test('[TK63] a tab killed in the middle of an answer marks it after the restart, and asks nobody twice', async ({
  device,
  models,
}) => {
  const laptop = await device({ profile: 'laptop' })
  const page = await laptop.open('/settings')
  await startedWith(page, models, 'slow')
  await ask(page, 'How long for tea?')
  models.give(3)
  await expect(coming(page)).toContainText('A pot of')
  await expect
    .poll(() => page.evaluate(() => Object.keys(localStorage).some((key) => key.startsWith('pjai.reply.'))))
    .toBe(true)
  const address = page.url()
  await laptop.crash()
  const again = await (await device({ profile: 'laptop' })).open(address)
  await expect(answers(again)).toContainText(/^A/) // what came in the last second may be lost
  await expect(answers(again)).toContainText('was interrupted')
  expect(models.requests.filter(({ path }) => path.endsWith('/completions'))).toHaveLength(1)
  await choose(again, 'quick')
  await again.getByRole('button', { name: 'Try again' }).click()
  await expect(again.getByLabel('Branch 2 of 2')).toBeVisible()
  await expect(answers(again)).toContainText('four minutes')
})

test('[TK64] another answer stands beside the first, and how each came about is one click away', async ({
  device,
  models,
}) => {
  const page = await (await device()).open('/settings')
  await startedWith(page, models, 'reasons')
  await ask(page, 'How long for tea?')
  await expect(answers(page)).toContainText('four minutes')
  await expect(answers(page).getByText('Thought about it')).toBeVisible()
  await expect(answers(page)).toContainText(/reasons · .*tokens/)
  await choose(page, 'tools')
  await answers(page).hover()
  await answers(page).getByRole('button', { name: 'Answer again' }).click()
  await expect(page.getByLabel('Branch 2 of 2')).toBeVisible()
  await expect(answers(page).getByText('Used search_memories')).toBeVisible()
  await page.getByRole('button', { name: 'How this answer came about' }).click()
  const panel = page.getByRole('complementary', { name: 'How this answer came about' })
  await expect(panel.getByText('Kept for the answer')).toBeVisible()
  await expect(panel.getByText('tools is to answer.')).toBeVisible()
  await expect(panel.getByRole('region', { name: 'Messages it saw' }).getByRole('link')).toHaveText([
    'How long for tea?',
  ])
  expect(await seriousNow(page, 'main')).toEqual([])
})

test('[TK66] two models are compared side by side, and choosing one goes on with it', async ({ device, models }) => {
  const page = await (await device()).open('/settings')
  await startedWith(page, models, 'quick')
  await ask(page, 'How long for tea?')
  await expect(answers(page)).toContainText('four minutes')
  await page.getByRole('button', { name: 'Compare with another model' }).click()
  await page.getByRole('menuitem', { name: 'echo', exact: true }).click()
  const both = page.getByRole('region', { name: 'Answers side by side' })
  await expect(both.getByRole('article')).toHaveCount(2)
  await expect(both.getByRole('article', { name: 'Answer of echo' })).toContainText('How long for tea?')
  await both
    .getByRole('article', { name: 'Answer of quick' })
    .getByRole('button', { name: 'Go on with this one' })
    .click()
  await expect(page.getByLabel('Branch 1 of 2')).toBeVisible()
  await expect(answers(page)).toContainText('four minutes')
})

test('[TK65] two devices that have a conversation open get one answer, given by the one that asked', async ({
  device,
  models,
}) => {
  const laptop = await (await device()).open('/settings')
  await withAccount(laptop, models)
  await makePersona(laptop, 'Ada')
  const { pathname } = new URL(laptop.url())
  const personaId = pathname.split('/')[2]
  const phone = await (await device()).open(await joinLink(laptop))
  await expect(phone.getByRole('link', { name: 'Ada' }).first()).toBeVisible()
  await follow(phone, `/p/${personaId}/chats`)
  await follow(laptop, `/p/${personaId}/chats/new`)
  await expect(field(laptop)).toBeVisible()
  await choose(laptop, 'quick')
  await ask(laptop, 'How long for tea?')
  await expect(answers(laptop)).toContainText('four minutes')
  await phone.getByRole('link', { name: /^How long for tea/ }).click()
  await expect(answers(phone)).toHaveCount(1)
  await expect(answers(phone)).toContainText('four minutes')
  expect(models.requests.filter(({ path }) => path.endsWith('/completions'))).toHaveLength(1)
})

test('[CN20] in the chat the owner is asked before anything goes to a provider; who declines is answered from memory, who withdraws is asked again', async ({
  device,
}) => {
  const provider = await startModelServer({ name: 'models.example' })
  const page = await (await device({ flags: strangersAt('models.example') })).open('/settings')
  await withAccount(page, provider, 'sk-test')
  await makePersona(page, 'Ada')
  const personaId = page.url().split('/')[4]
  const calls = () => provider.requests.filter(({ path }) => path.endsWith('/completions')).length
  const asked = page.getByRole('region', { name: 'Consent' })
  await page.goto(`/p/${personaId}/chats/new`)
  await expect(field(page)).toBeVisible({ timeout: 45_000 })
  await choose(page, 'quick')

  await ask(page, 'How long for tea?')
  await expect(asked).toContainText('may go to the model providers I set up')
  expect(await seriousNow(page, 'main')).toEqual([])
  await asked.getByRole('button', { name: 'No, answer from memory' }).click()
  await expect(answers(page)).toContainText('no model connected')
  expect(calls()).toBe(0)

  await ask(page, 'How long for green tea?')
  await asked.getByRole('button', { name: 'I agree, ask now' }).click()
  await expect(answers(page).last()).toContainText('four minutes')
  expect(calls()).toBe(1)
  const chat = page.url()
  await page.goto(`/p/${personaId}`)
  const record = page.getByRole('list', { name: 'Who agreed to what' })
  await record.getByText(/consented to talking to models of providers, version 1/).click({ timeout: 45_000 })
  await expect(record.getByText(/may go to the model providers I set up/)).toBeVisible()
  await page.getByRole('button', { name: 'Withdraw: talking to models of providers' }).click()
  await expect(record.getByText(/withdrew consent/)).toBeVisible()

  const before = calls()
  await page.goto(chat)
  await field(page).fill('How long for black tea?', { timeout: 45_000 })
  await field(page).press('Enter')
  await expect(asked).toBeVisible()
  expect(calls()).toBe(before)
  await provider.stop()
})

test('[TK80] an answer whose device is gone is taken over by another that offers it, and given once', async ({
  device,
  models,
}) => {
  const laptop = await device({ profile: 'laptop' })
  const page = await laptop.open('/settings')
  await withAccount(page, models)
  await makePersona(page, 'Ada')
  const personaId = page.url().split('/')[4]
  const phone = await (await device()).open(await joinLink(page))
  await expect(phone.getByRole('link', { name: 'Ada' }).first()).toBeVisible({ timeout: 60_000 })
  await phone.goto(`/p/${personaId}/chats`)
  await page.goto(`/p/${personaId}/chats/new`)
  await expect(field(page)).toBeVisible({ timeout: 45_000 })
  await choose(page, 'slow')
  await ask(page, 'How long for tea?')
  models.give(3)
  await expect(coming(page)).toContainText('A pot of')
  const address = page.url()
  await phone.getByRole('link', { name: /^How long for tea/ }).click({ timeout: 60_000 })
  await expect(phone.getByText('Another device is answering.')).toBeVisible({ timeout: 60_000 })
  await laptop.crash()

  await phone.getByRole('button', { name: 'Answer here' }).click()
  await expect(coming(phone)).toBeVisible()
  models.give(100)
  await expect(answers(phone)).toContainText('four minutes', { timeout: 30_000 })
  const again = await (await device({ profile: 'laptop' })).open(address)
  await expect(answers(again)).toContainText('four minutes', { timeout: 60_000 })
  await expect(coming(again)).toHaveCount(0)
  for (const tab of [phone, again]) await expect(answers(tab)).toHaveCount(1)
  expect(models.requests.filter(({ path }) => path.endsWith('/completions'))).toHaveLength(2)
})

test('[TK81] a model that takes no more for long says from when on it may be tried again', async ({ device }) => {
  const models = await startModelServer({ has: ['closed'] }) // there is no other to go on with
  const page = await (await device()).open('/settings')
  await startedWith(page, models, 'closed')
  await ask(page, 'How long for tea?')
  await expect(page.getByText(/takes no more for now.*It may be tried again/)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible()
  expect(models.requests.filter(({ path }) => path.endsWith('/completions'))).toHaveLength(1)
  await page.getByRole('link', { name: 'Settings → Models' }).click()
  await expect(page.getByRole('heading', { name: 'Models', exact: true })).toBeInViewport()
  await models.stop()
})
