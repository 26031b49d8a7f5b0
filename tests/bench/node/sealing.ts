import type { SyncOptions } from '@livestore/common'
import { makeWsSync } from '@livestore/sync-cf/client'
import { addMemory } from '#schema/memories/commands.ts'
import { memoryCount$ } from '#schema/memories/queries.ts'
import { personaSchema } from '#schema/stores/persona-store.ts'
import { remoteKeyTable } from '#sealing/key-table.ts'
import { makeSealedSync } from '#sealing/sealed-sync.ts'
import { newSecret, storeKeysFrom } from '#sealing/store-secret.ts'
import { makeSubjectKeys } from '#sealing/subject-keys.ts'
import { measured } from '#tests/bench/figure.ts'
import { inTurn } from '#tests/bench/in-turn.ts'
import type { Lab } from '#tests/bench/lab.ts'
import { signedSyncUrl } from '#tests/support/signed-web-socket.ts'
import { commit, factsOf, storeWith } from '#tests/support/stores.ts'
import { cookieFor } from '#tests/sync-worker/people.ts'

const count = 500
const times = 5

/** What sealing costs of sync: from the commit of many memories on one store until all are in another. */
export const sealingBench = async (lab: Lab) => {
  const url = await lab.appUrl()
  const secret = newSecret()
  const Cookie = await cookieFor(url)
  const plain = makeWsSync({ url: signedSyncUrl(url, Cookie) })
  const sealed = makeSealedSync(plain, async (storeId) =>
    makeSubjectKeys(await storeKeysFrom(secret, storeId), remoteKeyTable(url, storeId, { Cookie })),
  )
  const [ours, theirs] = [
    await openPair((args) => sealed({ ...args, storeId: 'persona_sealed' })),
    await openPair((args) => plain({ ...args, storeId: 'persona_plain' })),
  ]
  const rates = await inTurn(times, ours.carry, theirs.carry)
  await Promise.all([ours.close(), theirs.close()])
  return [
    measured({
      name: `${count} memories from store to store, sealed`,
      unit: 'ms',
      ...rates,
      baseline: 'the same unsealed, the same server',
    }),
  ]
}

const openPair = async (backend: NonNullable<SyncOptions['backend']>) => {
  const open = (clientId: string) => storeWith(personaSchema, [], { clientId, sync: { backend } })
  const [sender, receiver] = [await open('sender'), await open('receiver')]
  return {
    carry: (round: number) =>
      new Promise<number>((resolve) => {
        const startedAt = performance.now()
        const unsubscribe = receiver.subscribe(memoryCount$({}), (had) => {
          if (had < (round + 1) * count) return
          setTimeout(() => unsubscribe())
          resolve(performance.now() - startedAt)
        })
        for (let n = 0; n < count; n++) commit(sender, ...factsOf(addMemory('test', `m${round}x${n}`, draft(n), stamp)))
      }),
    close: () => Promise.all([sender.shutdownPromise(), receiver.shutdownPromise()]),
  }
}

const stamp = { at: new Date(0), actorId: 'bench', deviceId: 'bench' }

const draft = (n: number) => ({
  content: `On day ${n} Dora walked along the river and ${'counted herons, '.repeat(1 + (n % 20))}then went home.`,
  importance: 0.5,
  kind: 'fact',
  tags: ['walk'],
  occurredAt: new Date(0),
})
