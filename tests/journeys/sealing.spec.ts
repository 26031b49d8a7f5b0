import { join } from 'node:path'
import { EventSequenceNumber } from '@livestore/livestore'
import { makeHttpSync } from '@livestore/sync-cf/client'
import { Effect, FetchHttpClient, KeyValueStore, Layer } from '@livestore/utils/effect'
import { expect, engineTest as test } from '#tests/support/engine-journey.ts'
import { filesWith } from '#tests/support/server-files.ts'
import { unencrypted } from '#tests/support/unencrypted-sync.ts'

test('[SE12] after a session the server’s files hold no name, no memory, no message and no event’s name', async ({
  device,
  server,
  scratch,
}) => {
  const page = await (await device()).open()
  await page.getByRole('button', { name: 'Try a sample workspace' }).click()
  await page.waitForURL(/\/p\/.*\/chats/)
  await page.getByRole('textbox', { name: /^Message / }).fill('Where did the heron sleep?')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Where did the heron sleep?').first()).toBeVisible()
  await expect(page.getByText('saved everywhere')).toBeVisible()
  await server.kill()

  const folder = join(scratch, 'data')
  expect(filesWith(folder, 'v1.Sealed').length).toBeGreaterThan(1)
  const words = ['Juniper', 'heron sleep', 'MemoryAdded', 'PersonaCreated', 'MessageSent', 'personaId', 'My workspace']
  for (const word of words) expect(filesWith(folder, word), word).toEqual([])
})

test('[SE13] an event that no device of the person sealed is not shown, and the store says why', async ({
  server,
  device,
  engineUrl,
}) => {
  const page = await (await device()).open(engineUrl)
  await page.evaluate(() => engine.remember('ada', 'ours'))
  await expect.poll(() => page.evaluate(() => engine.status('ada')?.waiting)).toBe(0)
  const cookies = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`)
  await forge(server.url, cookies.join('; '), 'persona_ada', 1)
  const failure = () =>
    page.evaluate(async () => {
      await engine.openPersona('ada').catch(() => undefined) // the first time it ends, it is opened again
      return engine.sentenceOf(engine.pool.errorOf(engine.personaStoreId('ada')))
    })
  await expect.poll(failure).toContain('The server holds something sealed without the key to it')
})

/** Puts an event after the one of the number, as a server could that wanted to put words into a persona's mouth. */
const forge = (url: string, Cookie: string, storeId: string, after: number) => {
  const forged = {
    ...unencrypted({ name: 'v1.MemoryAdded', args: { memoryId: 'forged', personaId: 'ada', content: 'never said' } }),
    seqNum: EventSequenceNumber.Global.make(after + 1),
    parentSeqNum: EventSequenceNumber.Global.make(after),
    clientId: 'forger',
    sessionId: 'forger',
  }
  const backend = makeHttpSync({ url: `${url}/sync`, headers: { Cookie }, ping: { enabled: false } })
  return backend({ storeId, clientId: 'forger', payload: undefined }).pipe(
    Effect.flatMap(({ push }) => push([forged])),
    Effect.scoped,
    Effect.provide(Layer.mergeAll(FetchHttpClient.layer, KeyValueStore.layerMemory)),
    Effect.runPromise,
  )
}
