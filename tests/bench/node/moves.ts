import { longLife } from '#tests/bench/browser/long-persona.ts'
import { atLeast, atMost, measured } from '#tests/bench/figure.ts'
import type { Lab } from '#tests/bench/lab.ts'
import { type Person, personWith } from '#tests/sync-worker/people.ts'

const count = 100_000
const times = 3

/** Whole moves of a log between two objects of a running server, and how long nobody may write meanwhile. */
export const movesBench = async (lab: Lab) => {
  const { remote, longId, shortId } = await lab.shared(longLife)
  const ann = personWith(remote.server, remote.headers['Cookie'] ?? '')
  const [longStore, shortStore] = [`persona_${longId}`, `persona_${shortId}`]
  const long = await moveOften(ann, longStore)
  const short = await moveOften(ann, shortStore)
  const read = await elapsed(() => readAll(ann, longStore)) // once: who asks for more pages is told to wait
  await addKeys(ann, shortStore)
  const keyed = [await move(ann, shortStore)] // to destroy so many keys takes longer than all the rest
  const fences = (moves: readonly Moved[]) => moves.map(({ fenceMs }) => fenceMs)
  const alone: number[] = []
  for (let n = 0; n < 20; n++) alone.push(await elapsed(() => askBeside(ann)))
  const besides = { unit: 'ms', theirs: fences(short), baseline: 'the same of twenty events', quantile: 1 }
  return [
    measured({
      name: `move a log of ${count} events`,
      unit: 'events/s',
      ours: long.map(({ ms }) => perSecond(ms)),
      theirs: [perSecond(read)],
      baseline: 'the same log read by a device, page by page',
      budget: atLeast(20_000),
    }),
    measured({ name: 'longest fence of it', ours: fences(long), ...besides, budget: atMost(500) }),
    measured({
      name: 'slowest other request meanwhile',
      unit: 'ms',
      ours: long.flatMap(({ besideMs }) => besideMs),
      theirs: alone,
      baseline: 'the same while nothing moves',
      quantile: 1,
    }),
    measured({ name: `longest fence beside ${count} keys`, ours: fences(keyed), ...besides, budget: atMost(500) }),
  ]
}

const addKeys = async (ann: Person, storeId: string) => {
  for (let from = 0; from < count; from += 500) {
    const keys = Array.from({ length: 500 }, (_, n) => ({ keyId: keyIdAt(from + n), wrapped: 'A'.repeat(80) }))
    const { status } = await ann.api('POST', `/api/stores/${storeId}/keys`, { keys })
    if (status !== 200) throw new Error(`Keys were answered with ${status}.`)
  }
}

/** In no order, as they are drawn. */
const keyIdAt = (n: number) => ((n * 7919) % 1_000_003).toString(36).padStart(22, 'k')

interface Moved {
  readonly ms: number
  readonly fenceMs: number
  /** How long others waited for what has nothing to do with it. */
  readonly besideMs: readonly number[]
}

const moveOften = async (ann: Person, storeId: string): Promise<readonly Moved[]> => {
  const moved: Moved[] = []
  for (let round = 0; round < times; round++) moved.push(await move(ann, storeId))
  return moved
}

/** From the order to the log’s being at its new place, keys destroyed at the old one. */
const move = async (ann: Person, storeId: string): Promise<Moved> => {
  const path = `/api/stores/${storeId}`
  const { cellId } = (await ann.api('GET', `${path}/placement`)).body as unknown as { readonly cellId: string } // as it answers
  const startedAt = performance.now()
  await ann.api('POST', `${path}/moves`, { to: cellId === 'c1' ? 'c2' : 'c1' })
  const besideMs: number[] = []
  for (;;) {
    besideMs.push(await elapsed(() => askBeside(ann)))
    const [latest] = ((await ann.api('GET', `${path}/moves`)).body as unknown as Moves).moves
    if (latest?.step === 'grace') return { ms: performance.now() - startedAt, fenceMs: latest.fenceMs, besideMs }
    if (latest?.step === 'rolled back') throw new Error(`The move was taken back: ${latest.why}`)
    await new Promise((resume) => setTimeout(resume, 20))
  }
}

const askBeside = async (ann: Person) => void (await ann.api('GET', '/api/devices'))

interface Moves {
  readonly moves: readonly { readonly step: string; readonly fenceMs: number; readonly why: string | null }[]
}

const readAll = async (ann: Person, storeId: string) => {
  for (let after = 0; after < count; ) {
    const { entries } = (await ann.api('GET', `/api/stores/${storeId}/log?after=${after}&limit=1000`)).body
    if (entries.length === 0) throw new Error('The log ended early.')
    after += entries.length
  }
}

const perSecond = (ms: number) => (1000 * count) / ms

const elapsed = async (work: () => Promise<void>) => {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}
