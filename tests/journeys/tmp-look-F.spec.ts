import { expect, follow, test } from '#tests/support/journey.ts'

test('look', async ({ device, server }) => {
  void server
  test.setTimeout(280_000)
  const page = await (await device()).open()
  await page.getByRole('button', { name: 'Try a sample workspace' }).click()
  await page.waitForURL(/\/p\/.*\/chats/)
  await expect(page.getByText('saved everywhere')).toBeVisible()
  const personaId = /\/p\/(\w+)/.exec(page.url())?.[1] ?? ''
  const storeId = `persona_${personaId}`
  const shot = async (name: string) => {
    for (const [size, width, height] of [['desk', 1280, 800], ['phone', 390, 844]] as const)
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.setViewportSize({ width, height })
        await page.emulateMedia({ colorScheme })
        await page.waitForTimeout(250)
        await page.screenshot({ path: `/tmp/w/F-shots/${name}-${size}-${colorScheme}.png` })
      }
    await page.setViewportSize({ width: 1280, height: 1500 })
    await page.emulateMedia({ colorScheme: 'light' })
    await page.waitForTimeout(250)
    await page.screenshot({ path: `/tmp/w/F-shots/${name}-tall.png` })
    await page.setViewportSize({ width: 1280, height: 800 })
  }
  const errors: string[] = []
  page.on('console', (m) => m.type() === 'error' && errors.push(m.text()))
  await follow(page, '/shards')
  await page.waitForTimeout(2000)
  await shot('overview')
  await page.evaluate(async () => {
    for (let n = 0; n < 120; n++) {
      await fetch(`/api/stores/persona_made${n}`)
      await fetch(`/api/stores/persona_made${n}/placement`)
    }
  })
  await follow(page, `/shards?chosen=${storeId}`)
  await page.waitForTimeout(11_000)
  await shot('overview-many')
  await follow(page, '/shards/plan?what=drain&cell=c2')
  await page.waitForTimeout(500)
  await page.getByRole('button', { name: 'See what would move' }).click()
  await page.waitForTimeout(4000)
  await shot('plan-drain')
  const start = page.getByRole('button', { name: /^Start \d+/ })
  if (await start.count()) {
    await start.click()
    await page.waitForTimeout(3000)
    await shot('moves')
  }
  await follow(page, '/shards/plan?what=add')
  await shot('plan-add')
  await follow(page, '/shards/health')
  await page.waitForTimeout(1500)
  await shot('health')
  await page.getByRole('button', { name: 'New rule' }).click()
  await page.waitForTimeout(500)
  await page.screenshot({ path: '/tmp/w/F-shots/rule.png' })
  await page.keyboard.press('Escape')
  await follow(page, '/shards/explore')
  await page.waitForTimeout(1500)
  await shot('explore')
  await follow(page, '/dashboard')
  await page.waitForTimeout(1500)
  await shot('dashboard')
  await follow(page, `/dashboard?persona=${personaId}`)
  await page.waitForTimeout(800)
  await page.screenshot({ path: '/tmp/w/F-shots/dashboard-one.png' })
  console.log(JSON.stringify(errors.slice(0, 20)))
})
