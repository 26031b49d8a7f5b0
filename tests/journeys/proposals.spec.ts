import { expect, follow, test } from '#tests/support/journey.ts'
import { seriousNow } from '#tests/support/looks.ts'
import { withAccount } from '#tests/support/model-account.ts'
import { startModelServer } from '#tests/support/model-server.ts'
import { makePersona } from '#tests/support/personas.ts'

test('[PP7] [PP8] what is said in a chat is offered as memories when it is left, kept, left, and taken back', async ({
  device,
}) => {
  const page = await (await device()).open()
  await makePersona(page, 'Ada')
  const composer = page.getByRole('textbox', { name: 'Message Ada' })
  await composer.fill('My sister is called Mona. I really like plum jam. What is the time?')
  await composer.press('Enter')
  await expect(page.getByText(/no model connected/)).toBeVisible()
  await follow(page, page.url().replace(/\/chats.*/, '/chats'))
  await page.getByRole('link', { name: /My sister/ }).click()
  await page.getByRole('link', { name: 'Memories' }).click()
  await page.getByRole('link', { name: '2 things to remember?' }).click()

  const fields = page.getByRole('textbox', { name: 'What to remember' })
  await expect(fields).toHaveCount(2)
  expect(await seriousNow(page)).toEqual([])
  const jam = page.getByRole('listitem').filter({ hasText: 'You said what you like.' })
  await jam.getByRole('textbox').fill('')
  await jam.getByRole('button', { name: 'Keep' }).click()
  await expect(jam.getByText('A memory needs some text.')).toBeVisible()
  await jam.getByRole('textbox').fill('Likes plum jam.')
  await jam.getByRole('button', { name: 'Keep' }).click()
  await expect(fields).toHaveCount(1)
  await page.getByRole('button', { name: 'Leave it' }).click()
  await expect(page.getByText('Nothing waits to be remembered')).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(fields).toHaveCount(1)
  await page.getByRole('link', { name: /My sister/ }).click()
  await expect(page.locator('[data-highlighted]')).toContainText('Mona')

  await page.getByRole('link', { name: 'Memories' }).click()
  await page.getByRole('option', { name: /Likes plum jam/ }).click()
  await expect(page.getByRole('heading', { name: 'Learnt from' })).toBeVisible()
})

test('[PP31] when a chat is left its model looks through it; what it found waits to be kept, and the log says what was left out', async ({
  device,
}) => {
  const models = await startModelServer()
  const page = await (await device()).open('/settings')
  await withAccount(page, models)
  await makePersona(page, 'Ada')
  const personaId = page.url().split('/')[4]
  const talk = async (model: string, text: string) => {
    await page.goto(`/p/${personaId}/chats/new`)
    await page.getByRole('button', { name: /^Answers: / }).click({ timeout: 45_000 })
    await page.getByRole('menuitem', { name: model, exact: true }).click()
    await page.getByRole('textbox', { name: 'Message Ada' }).fill(text)
    await page.getByRole('textbox', { name: 'Message Ada' }).press('Enter')
    await expect(page.locator('article[data-role="assistant"]:not([aria-busy])')).toContainText('four minutes')
    await page.getByRole('link', { name: 'Memories' }).click()
  }
  const calls = () => models.requests.filter(({ path }) => path.endsWith('/completions')).length

  await talk('remembers', 'We moved to Ghent in spring.')
  await page.getByRole('link', { name: 'One thing to remember?' }).click({ timeout: 30_000 })
  await expect(page.getByRole('textbox', { name: 'What to remember' })).toHaveValue(
    'They said: We moved to Ghent in spring.',
  )
  await expect(page.getByText('Found by remembers.')).toBeVisible()
  await page.getByRole('button', { name: 'Keep', exact: true }).click()
  await expect(page.getByText('Nothing waits to be remembered')).toBeVisible()
  expect(calls()).toBe(2)

  await talk('garbage', 'We planted a plum tree.')
  await expect(page.getByRole('link', { name: 'One thing to remember?' })).toBeVisible({ timeout: 30_000 })
  await page.goto(`/p/${personaId}/tasks`)
  const row = page.getByRole('row', { name: /garbage/ }).filter({ hasText: 'Looked for memories' })
  await expect(row).toContainText(
    '1 proposed. Left out: 1 known already, 1 too long, 1 from no message of this chat, 3 that cannot be read.',
  )
  expect(calls()).toBe(4)
  await models.stop()
})

test('[PP32] what is kept without asking is listed, taken back and undone; where nothing is to be done, nothing is looked for', async ({
  device,
}) => {
  const page = await (await device()).open()
  await makePersona(page, 'Ada')
  const personaId = page.url().split('/')[4]
  const talk = async (text: string) => {
    await page.goto(`/p/${personaId}/chats/new`)
    const composer = page.getByRole('textbox', { name: 'Message Ada' })
    await composer.fill(text, { timeout: 45_000 })
    await composer.press('Enter')
    await expect(page.locator('article[data-role="assistant"]:not([aria-busy])')).toBeVisible({ timeout: 20_000 })
    await page.getByRole('link', { name: 'Memories' }).click()
  }
  const decide = async (policy: RegExp) => {
    await page.goto(`/p/${personaId}`)
    await page.getByRole('radio', { name: policy }).click({ timeout: 45_000 })
  }

  await decide(/^Remember it without asking/)
  await page.getByRole('button', { name: 'I agree: keeping memories without asking' }).click()
  await talk('My sister is called Mona.')
  const memory = page.getByRole('option', { name: /My sister is called Mona/ })
  await expect(memory).toBeVisible()
  await page.getByRole('link', { name: '1 kept without asking' }).click()
  const kept = page.getByRole('region', { name: 'Kept without asking' })
  await expect(kept).toContainText('My sister is called Mona.')
  expect(await seriousNow(page)).toEqual([])
  await kept.getByRole('button', { name: 'Take back' }).click()
  await expect(page.getByText('Nothing waits to be remembered')).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(kept).toContainText('My sister is called Mona.')
  await kept.getByRole('button', { name: 'Take back' }).click()
  await talk('My sister is called Mona.') // it is not kept a second time
  await expect(page.getByRole('link', { name: /kept without asking|to remember/ })).toBeHidden()
  await expect(memory).toBeHidden()

  await decide(/^Do nothing/)
  await expect(page.getByRole('radio', { name: /^Nobody/ })).toBeHidden()
  await talk('My dog is called Rex.')
  await decide(/^Propose it/)
  await talk('My cat is called Tom.')
  await page.getByRole('link', { name: 'One thing to remember?' }).click()
  await expect(page.getByRole('textbox', { name: 'What to remember' })).toHaveValue('My cat is called Tom.')
})
