import { makeWsSync } from '@livestore/sync-cf/client'
import { addMemory } from '#schema/memories/commands.ts'
import { memoryCount$ } from '#schema/memories/queries.ts'
import { personaSchema } from '#schema/stores/persona-store.ts'
import { atMost, measured } from '#tests/bench/figure.ts'
import { inTurn } from '#tests/bench/in-turn.ts'
import { type Lab, tabOf } from '#tests/bench/lab.ts'
import { commitIn } from '#tests/support/commit-in.ts'
import { joinLink } from '#tests/support/join-link.ts'
import { signedSyncUrl } from '#tests/support/signed-web-socket.ts'
import { commit, factsOf, storeWith } from '#tests/support/stores.ts'
import { makeUnencryptedSync } from '#tests/support/unencrypted-sync.ts'
import { cookieFor } from '#tests/sync-worker/people.ts'
import { addPersona, stampOf, untilListed } from './persona.ts'

/** From the commit on one device to the screen of the other, both beside the server. */
export const syncBench = async (lab: Lab) => {
  const appUrl = await lab.appUrl()
  const [here, there] = [tabOf(await lab.device()), tabOf(await lab.device())]
  await here.goto(appUrl)
  const link = await joinLink(here)
  await addPersona(here, appUrl, 'dora', 100)
  await there.goto(link)
  await there.waitForURL((url) => url.pathname !== '/join')
  await there.goto(`${appUrl}/p/dora/memories`)
  await untilListed(there, 'dora')

  const pair = await barePair(appUrl)
  const times = await inTurn(
    20,
    async (round) => {
      const content = `Dora tells the other device ${round}`
      const arrived = there.evaluate(async (text) => {
        await stopwatch.shown(() => document.querySelector('[role="listbox"]')?.textContent?.includes(text) === true)
        return Date.now()
      }, content)
      await here.waitForTimeout(200)
      const fact = addMemory('dora', `dora${round}`, draft(content), stampOf('dora'))
      const sentAt = await commitIn(here, 'persona_dora', factsOf(fact))
      return (await arrived) - sentAt
    },
    (round) => pair.roundTrip(round),
  )
  await pair.close()
  return [
    measured({
      name: 'sync from one device to the other’s screen',
      unit: 'ms',
      ...times,
      baseline: 'two bare LiveStore stores in Node, the same server',
      budget: atMost(200),
    }),
  ]
}

const draft = (content: string) => ({ content, importance: 0.5, kind: 'fact', tags: [], occurredAt: new Date(0) })

/** LiveStore without our wrapper, our app and a browser. */
const barePair = async (appUrl: string) => {
  const url = signedSyncUrl(appUrl, await cookieFor(appUrl))
  const backend = makeUnencryptedSync(makeWsSync({ url }))
  const open = (clientId: string) => storeWith(personaSchema, [], { clientId, sync: { backend } })
  const [sender, receiver] = [await open('sender'), await open('receiver')]
  return {
    roundTrip: (round: number) =>
      new Promise<number>((resolve) => {
        const expected = sender.query(memoryCount$({})) + 1
        const startedAt = performance.now()
        const unsubscribe = receiver.subscribe(memoryCount$({}), (count) => {
          if (count < expected) return
          setTimeout(() => unsubscribe())
          resolve(performance.now() - startedAt)
        })
        commit(sender, addMemory('test', `m${round}`, draft(`number ${round}`), stampOf('sender')))
      }),
    close: () => Promise.all([sender.shutdownPromise(), receiver.shutdownPromise()]),
  }
}
