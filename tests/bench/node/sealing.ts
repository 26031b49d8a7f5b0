import type { SyncOptions } from '@livestore/common'
import { makeWsSync } from '@livestore/sync-cf/client'
import { sendMessage } from '#schema/conversations/message-commands.ts'
import { addMemory } from '#schema/memories/commands.ts'
import { personaSchema } from '#schema/stores/persona-store.ts'
import { summaryCounts$ } from '#schema/stores/summary.ts'
import { remoteKeyTable } from '#sealing/key-table.ts'
import { makeSealedSync } from '#sealing/sealed-sync.ts'
import { newSecret, storeKeysFrom } from '#sealing/store-secret.ts'
import { makeSubjectKeys } from '#sealing/subject-keys.ts'
import { measured } from '#tests/bench/figure.ts'
import { inTurn } from '#tests/bench/in-turn.ts'
import type { Lab } from '#tests/bench/lab.ts'
import { signedSyncUrl } from '#tests/support/signed-web-socket.ts'
import { commit, storeWith } from '#tests/support/stores.ts'
import { makeUnencryptedSync } from '#tests/support/unencrypted-sync.ts'
import { cookieFor } from '#tests/sync-worker/people.ts'
import { makeMendedSync } from '#web/livestore/mended-sync.ts'

const count = 500
const times = 2

/** What sealing costs of sync: from the commit of many memories on one store until all are in another. */
export const sealingBench = async (lab: Lab) => {
  const url = await lab.appUrl()
  const secret = newSecret()
  const Cookie = await cookieFor(url)
  const line = makeWsSync({ url: signedSyncUrl(url, Cookie) })
  const keysOf = async (storeId: string) =>
    makeSubjectKeys(await storeKeysFrom(secret, storeId), remoteKeyTable(url, storeId, { Cookie }))
  // As a device has it: on the bare line a burst of events may be left out, and the receiver wait for ever.
  const plain = makeMendedSync(makeUnencryptedSync(line), { report: () => {} })
  const sealed = makeMendedSync(makeSealedSync(line, keysOf), { report: () => {} })
  const [ours, theirs] = [
    await openPair((args) => sealed({ ...args, storeId: 'persona_sealed' })),
    await openPair((args) => plain({ ...args, storeId: 'persona_plain' })),
  ]
  const talk = await inTurn(times, ours.messages, theirs.messages)
  const memories = await inTurn(times, ours.memories, theirs.memories)
  await Promise.all([ours.close(), theirs.close()])
  const baseline = 'the same in base64 and not encrypted, the same server'
  return [
    measured({ name: `${count} messages of a talk from store to store, sealed`, unit: 'ms', ...talk, baseline }),
    measured({ name: `${count} new memories from store to store, sealed`, unit: 'ms', ...memories, baseline }),
  ]
}

const openPair = async (backend: NonNullable<SyncOptions['backend']>) => {
  const open = (clientId: string) => storeWith(personaSchema, [], { clientId, sync: { backend } })
  const [sender, receiver] = [await open('sender'), await open('receiver')]
  /** Milliseconds from the first commit until the receiver has all. */
  const carry = (what: 'messages' | 'memories', decide: (n: number) => Parameters<typeof commit>[1]) => {
    const expected = sender.query(summaryCounts$)[what] + count
    return new Promise<number>((resolve) => {
      const startedAt = performance.now()
      const unsubscribe = receiver.subscribe(summaryCounts$, (had) => {
        if (had[what] < expected) return
        setTimeout(() => unsubscribe())
        resolve(performance.now() - startedAt)
      })
      for (let n = 0; n < count; n++) commit(sender, decide(n))
    })
  }
  return {
    /** One subject: its key is there from the first message on. */
    messages: (round: number) => carry('messages', (n) => sendMessage(talk, message(`t${round}x${n}`, n), stamp)),
    /** As many subjects: each has a key to be made, kept and fetched. */
    memories: (round: number) => carry('memories', (n) => addMemory('test', `m${round}x${n}`, draft(n), stamp)),
    close: () => Promise.all([sender.shutdownPromise(), receiver.shutdownPromise()]),
  }
}

const stamp = { at: new Date(0), actorId: 'bench', deviceId: 'bench' }

const talk = { conversationId: 'c', personaId: 'test' }

const textOf = (n: number) =>
  `On day ${n} Dora walked along the river and ${'counted herons, '.repeat(1 + (n % 20))}then went home.`

const message = (messageId: string, n: number) => ({
  messageId,
  parentMessageId: null,
  role: 'user' as const,
  parts: [{ type: 'text' as const, text: textOf(n) }],
})

const draft = (n: number) => ({
  content: textOf(n),
  importance: 0.5,
  kind: 'fact',
  tags: ['walk'],
  occurredAt: new Date(0),
})
