import { startConversation } from '#schema/conversations/commands.ts'
import { sendMessage } from '#schema/conversations/message-commands.ts'
import { addMemory } from '#schema/memories/commands.ts'
import { memoryEvents } from '#schema/memories/events.ts'
import { commitIn } from '#tests/support/commit-in.ts'
import { expect, test } from '#tests/support/journey.ts'
import { seriousInAllLooks } from '#tests/support/looks.ts'
import { factsOf } from '#tests/support/stores.ts'

test('[GR15] graph and map are walked by keys and open beside; the address keeps view and depth; without WebGL the list is one press away', async ({
  openRoom,
}) => {
  const page = await openRoom('memories')
  await expect(page.getByText('No memories yet')).toBeVisible()
  const personaId = /\/p\/(\w+)/.exec(page.url())?.[1] ?? ''
  await commitIn(page, `persona_${personaId}`, tiedMemories(personaId))
  await expect(page.getByRole('option')).not.toHaveCount(0)

  const canvas = page.getByRole('application')
  const view = (name: string) =>
    page.getByRole('radiogroup', { name: 'View' }).locator('label').filter({ hasText: name })
  const settled = () => expect(page.getByRole('status').filter({ hasText: 'arranging' })).toHaveCount(0)
  await view('Graph').click()
  await expect(canvas).toHaveAttribute('data-drawn')
  await settled()
  await expect(page.getByText('12 memories, 15 ties')).toBeVisible()

  await canvas.focus()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByText(/, \d+ neighbours$/)).toHaveCount(1)
  await page.keyboard.press('+')
  await page.keyboard.press('0')
  // Wherever the layout put them: some arrow leads on, and memories open.
  await expect(async () => {
    for (const arrow of ['ArrowRight', 'ArrowDown', 'ArrowLeft', 'ArrowUp']) {
      await page.keyboard.press(arrow)
      await page.keyboard.press('Enter')
    }
    expect(page.url()).toContain('memory=')
  }).toPass()
  await expect(page.getByRole('region', { name: 'Memory', exact: true })).toContainText('garden')
  await page.getByRole('radiogroup', { name: 'Steps around the open memory' }).getByText('2', { exact: true }).click()
  await expect(page).toHaveURL(/depth=2/)
  const said = await page.getByRole('status').filter({ hasText: 'ties' }).textContent()
  await page.reload()
  await settled()
  await expect(page.getByRole('status').filter({ hasText: said ?? 'nothing' })).toBeVisible()
  expect(await seriousInAllLooks(page)).toEqual([])

  await view('Map').click()
  await expect(canvas).toHaveAttribute('data-drawn')
  await expect(page.getByText('12 memories, near each other by related words')).toBeVisible()
  await page.getByRole('button', { name: /^event/ }).click()
  await expect(page).toHaveURL(/kind=event/)
  await expect(page.getByText('4 memories, near each other')).toBeVisible()

  await page.evaluate(() => Object.assign(HTMLCanvasElement.prototype, { getContext: () => null }))
  await view('Graph').click()
  await page.getByRole('button', { name: 'Back to the list' }).click()
  await expect(page.getByRole('option')).toHaveCount(4)
})

/** Twelve, all learnt in one talk, three of them linked to the first. */
const tiedMemories = (personaId: string) => {
  const stamp = { at: new Date(), actorId: 'ada', deviceId: 'laptop' }
  const draft = { importance: 0.5, tags: [], occurredAt: stamp.at }
  const talk = { conversationId: 'talk', personaId }
  const parts = [{ type: 'text' as const, text: 'What grows where?' }]
  const words = ['tomatoes', 'beans', 'roses', 'compost']
  return [
    startConversation(personaId, 'talk', { title: 'In the garden' }, stamp),
    sendMessage(talk, { messageId: 'asked', parentMessageId: null, role: 'user', parts }, stamp),
    ...Array.from({ length: 12 }, (_, n) => {
      const content = `In the garden bed ${n} has ${words[n % 4]} and ${words[(n + 1) % 4]}`
      return addMemory(personaId, `m${n}`, { ...draft, kind: n % 3 === 0 ? 'event' : 'fact', content }, stamp, [
        'asked',
      ])
    }),
    ...[1, 2, 3].map((n) =>
      memoryEvents.memoriesLinked({
        linkId: `l${n}`,
        personaId,
        fromMemoryId: 'm0',
        toMemoryId: `m${n}`,
        relation: 'supports',
        linkedAt: stamp.at,
        actorId: stamp.actorId,
        deviceId: stamp.deviceId,
      }),
    ),
  ].flatMap(factsOf)
}
