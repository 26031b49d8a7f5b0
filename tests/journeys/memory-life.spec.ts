import { addMemory } from '#schema/memories/commands.ts'
import { commitIn } from '#tests/support/commit-in.ts'
import { expect, test } from '#tests/support/journey.ts'
import { seriousInAllLooks } from '#tests/support/looks.ts'
import { factsOf } from '#tests/support/stores.ts'

test('[TI18] [TI19] a policy is tried, adopted, seen in the list and told in the detail, and taken back as one', async ({
  openRoom,
}) => {
  const page = await openRoom('memories')
  await expect(page.getByText('No memories yet')).toBeVisible()
  const personaId = /\/p\/(\w+)/.exec(page.url())?.[1] ?? ''
  const add = (memoryId: string, content: string, daysAgo: number, importance: number) => {
    const stamp = { at: new Date(Date.now() - daysAgo * 86_400_000), actorId: 'ada', deviceId: 'laptop' }
    const draft = { content, importance, kind: 'fact', tags: [], occurredAt: stamp.at }
    return factsOf(addMemory(personaId, memoryId, draft, stamp))
  }
  await commitIn(page, `persona_${personaId}`, [
    ...add('m1', 'Drinks tea in the morning', 0, 0.5),
    ...add('m2', 'Went sailing with Ben', 80, 0.5),
    ...add('m3', 'Hummed a tune on the stairs', 300, 0.1),
    ...add('m4', 'Drinks tea in the mornings', 0, 0.5),
  ])
  const row = (text: string) => page.getByRole('option').filter({ hasText: text })
  await expect(row('Hummed a tune')).toBeVisible()

  // What is there is shown before it is done.
  await page.getByRole('button', { name: 'Review the memories' }).click()
  const review = page.getByRole('dialog', { name: 'Review the memories' })
  await expect(review.getByText('2 memories would move')).toBeVisible()
  await review.getByLabel('Hot from').fill('0.3')
  await expect(review.getByText('1 memory would move')).toBeVisible()
  await expect(review.getByText('hot → cold')).toBeVisible()
  expect(await seriousInAllLooks(page)).toEqual([])
  await review.getByRole('button', { name: 'Adopt this policy' }).click()
  await expect(page.getByText('1 memory in another tier')).toBeVisible()
  await expect(review).toBeHidden()

  // It stands in the list, in the address, and says why.
  await page.getByRole('combobox', { name: 'Tier' }).click()
  await page.locator('[data-combobox-option]').filter({ hasText: 'cold' }).click()
  await expect(page).toHaveURL(/tier=cold/)
  await expect(page.getByText('1 of 4')).toBeVisible()
  await row('Hummed a tune').click()
  const detail = page.getByRole('region', { name: 'Memory' })
  await expect(detail).toContainText('Cold: it scores')
  await expect(detail).toContainText('being written 300 days ago')

  // Pinned it is hot; taken back, and the policy too, nothing is cold.
  await detail.getByRole('button', { name: 'Pin', exact: true }).click()
  await expect(page.getByText('Nothing matches')).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(row('Hummed a tune')).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(page.getByText('Nothing matches')).toBeVisible()
  await page.getByRole('button', { name: 'Clear', exact: true }).click()
  await page.keyboard.press('Escape')

  // What says nearly the same is asked about.
  await page.getByRole('button', { name: 'Review the memories' }).click()
  await expect(review.getByText('2 memories would move')).toBeVisible()
  await review.getByRole('tab', { name: 'Duplicates and contradictions' }).click()
  await expect(page).toHaveURL(/review=similar/)
  await expect(review.getByText('Nearly the same')).toBeVisible()
  expect(await seriousInAllLooks(page)).toEqual([])
  await review.getByRole('button', { name: 'Keep both' }).click()
  await expect(review.getByText('Nothing to compare')).toBeVisible()
})
