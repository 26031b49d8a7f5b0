import type { Page } from '@playwright/test'
import { noEvidence } from '#proof/claims.ts'
import type { LogPage } from '#proof/log-page.ts'
import { verifyLog } from '#proof/verify.ts'
import { addMemory } from '#schema/memories/commands.ts'
import { joinLink } from '#tests/support/join-link.ts'
import { expect, test } from '#tests/support/journey.ts'
import { makePersona } from '#tests/support/personas.ts'
import { factsOf } from '#tests/support/stores.ts'

test.use({ serverVariables: { MOVE_REST: '400' } }) // so that each step can be seen

test('[MV15] two browsers that write while the server is killed in the middle of moves end with the same memories, and the log holds each event once', async ({
  server,
  device,
}) => {
  test.setTimeout(420_000)
  const laptop = await (await device()).open()
  await makePersona(laptop, 'Ada')
  const memories = laptop.url().replace(/chats.*/, 'memories')
  const personaId = /\/p\/(\w+)\//.exec(memories)?.[1] ?? ''
  const phone = await (await device()).open(await joinLink(laptop))
  await phone.waitForURL((url) => url.pathname !== '/join')
  const pages = { laptop, phone }
  for (const page of Object.values(pages)) {
    await page.goto(memories)
    await page.waitForFunction((id) => globalThis.__debugLiveStore?.[id] !== undefined, `persona_${personaId}`)
  }
  const steps = ['copying', 'cutting over', 'handing over']
  for (const [round, step] of steps.entries()) {
    const writing = Object.entries(pages).map(([name, page]) => writeOneByOne(page, personaId, `${name}${round}`))
    await startMove(laptop, personaId)
    const isThere = [step, 'settling', 'grace'] // or past it, on a machine that is slow to ask
    await expect
      .poll(async () => isThere.includes((await latest(laptop, personaId)).step), { intervals: [50] })
      .toBe(true)
    await server.kill()
    await server.restart()
    await expect.poll(async () => (await latest(laptop, personaId)).step).toBe('grace')
    await Promise.all(writing)
  }
  const expected = steps.flatMap((_, round) => ['laptop', 'phone'].flatMap((name) => idsOf(`${name}${round}`))).sort()
  for (const page of Object.values(pages)) await expect.poll(() => memoryIds(page, personaId)).toEqual(expected)

  const { entries, start, checkpoints } = await logOf(laptop, personaId)
  const serverKeys = checkpoints.map(({ publicKey }) => publicKey)
  expect(await verifyLog(entries, start, { ...noEvidence, checkpoints, serverKeys })).toMatchObject({
    isIntact: true,
    isComplete: true,
  })
  for (const page of Object.values(pages)) expect(await headOf(page, personaId)).toBe(entries.length)
})

const idsOf = (name: string) => Array.from({ length: 30 }, (_, n) => `${name}n${n}`)

/** As fast as the store takes them, and not faster than somebody could type. */
const writeOneByOne = (page: Page, personaId: string, name: string) => {
  const stamp = { at: new Date(), actorId: name, deviceId: name }
  const facts = idsOf(name).flatMap((memoryId) =>
    factsOf(addMemory(personaId, memoryId, { ...draft, content: memoryId }, stamp)),
  )
  return page.evaluate(
    async ([id, facts]) => {
      for (const fact of facts) {
        globalThis.__debugLiveStore?.[id]?.commit(fact as never) // the handle knows no schema
        await new Promise((resume) => setTimeout(resume, 100))
      }
    },
    [`persona_${personaId}`, facts] as const,
  )
}

const draft = { importance: 0.5, kind: 'fact', tags: [], occurredAt: new Date(0) }

const memoryIds = (page: Page, personaId: string) =>
  page.evaluate((id) => {
    const store = globalThis.__debugLiveStore?.[id]
    const rows = store?.query({ query: 'SELECT memoryId FROM memories ORDER BY memoryId', bindValues: [] })
    return (rows as readonly { readonly memoryId: string }[]).map(({ memoryId }) => memoryId) // as it was asked
  }, `persona_${personaId}`)

const startMove = async (page: Page, personaId: string) => {
  const { cellId } = await ask<{ readonly cellId: string }>(page, `/api/stores/persona_${personaId}/placement`)
  const to = cellId === 'c1' ? 'c2' : 'c1'
  await ask(page, `/api/stores/persona_${personaId}/moves`, { to })
}

const latest = async (page: Page, personaId: string) => {
  const said = await ask<Moves>(page, `/api/stores/persona_${personaId}/moves`).catch((): Moves => ({ moves: [] }))
  return said.moves[0] ?? { step: 'not said' }
}

interface Moves {
  readonly moves: readonly { readonly step: string }[]
}

const logOf = (page: Page, personaId: string) =>
  ask<LogPage>(page, `/api/stores/persona_${personaId}/log?after=0&limit=1000`)

const headOf = (page: Page, personaId: string) =>
  page.evaluate(
    async (id) => (await globalThis.__debugLiveStore?.[id]?._dev.syncStates())?.leader.upstreamHead.global,
    `persona_${personaId}`,
  )

const ask = <A>(page: Page, path: string, body?: object): Promise<A> =>
  page.evaluate(
    async ([path, body]) => {
      const headers = { 'Content-Type': 'application/json' }
      const init = body === undefined ? {} : { method: 'POST', headers, body: JSON.stringify(body) }
      return (await fetch(path, init)).json()
    },
    [path, body] as const,
  )
