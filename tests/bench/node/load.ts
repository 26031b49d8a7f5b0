import { WebSocket } from 'undici'
import { atMost, measured } from '#tests/bench/figure.ts'
import type { Lab } from '#tests/bench/lab.ts'
import { pushAs } from '#tests/sync-worker/http.ts'
import { type Person, signIn } from '#tests/sync-worker/people.ts'
import { event, outcomeOf, pullFrame, pushFrame } from '#tests/sync-worker/rpc.ts'

const people = 50
const devices = people * 2
const personas = 1000
/** A device keeps at most ten stores open. */
const open = 10
const commits = 20

/**
 * A thousand personas of fifty people, each with two devices that have ten of them open: all write, one event every two
 * seconds or so, and each waits for the other’s. Beside it a pair alone on the same server.
 */
export const loadBench = async (lab: Lab) => {
  const url = await lab.appUrl()
  const owners: Person[] = []
  for (let n = 0; n < people; n++) owners.push(await signIn(url))
  await inLanes(owners, (owner, n) => makePersonas(owner, n))
  const pairs = await Promise.all(owners.map((owner, n) => connect(owner, n)))
  const alone = await talk(pairs.slice(0, 1), 100)
  const all = await talk(pairs, 2000)
  for (const { close } of pairs) close()
  return [0.5, 0.95].map((quantile) =>
    measured({
      name: `commit to the other device, ${quantile === 0.5 ? 'median' : '95 of 100'}, ${devices} devices, ${personas} personas`,
      unit: 'ms',
      ours: all,
      theirs: alone,
      baseline: 'two of these devices, the others silent',
      quantile,
      ...(quantile === 0.5 ? {} : { budget: atMost(1000) }),
    }),
  )
}

const perPerson = personas / people
const storeOf = (person: number, n: number) => `persona_load${person}x${n}`

const makePersonas = async (owner: Person, person: number) => {
  for (let n = 0; n < perPerson; n++) {
    const outcome = await outcomeOf(await pushAs(owner, storeOf(person, n), [event(1)]))
    if (outcome !== 'Success') throw new Error(`A push ended with ${outcome}.`)
  }
}

/** A few at a time, as people come. */
const inLanes = async <A>(all: readonly A[], work: (one: A, index: number) => Promise<void>) => {
  const left = all.entries()
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (const [index, one] of left) await work(one, index)
    }),
  )
}

interface Line {
  /** Ends when the other device hears it. */
  readonly commit: () => Promise<void>
}

/** Two devices with the same personas open; each line is written by one of them and heard by the other. */
const connect = async (owner: Person, person: number) => {
  const sockets = await Promise.all(
    Array.from({ length: open }, async (_, n) => {
      const [writer, reader] = await Promise.all([dial(owner, storeOf(person, n)), dial(owner, storeOf(person, n))])
      return { storeId: storeOf(person, n), writer, reader }
    }),
  )
  const lines = sockets.map(({ storeId, writer, reader }): Line => {
    let head = 1
    return {
      commit: () => {
        const seqNum = ++head
        const isHeard = reader.hears(seqNum)
        writer.send(pushFrame(storeId, [event(seqNum)], String(seqNum)))
        return isHeard
      },
    }
  })
  const close = () => {
    for (const { writer, reader } of sockets) for (const socket of [writer, reader]) socket.close()
  }
  return { lines, close }
}

const dial = async ({ url, cookie }: Person, storeId: string) => {
  const address = `${url.replace('http', 'ws')}/sync?storeId=${storeId}&transport=ws`
  const socket = new WebSocket(address, { headers: { Cookie: cookie } })
  const waiting = new Map<number, () => void>()
  let lost = (_: Error) => {}
  const hears = (seqNum: number) =>
    new Promise<void>((resolve, reject) => {
      waiting.set(seqNum, resolve)
      lost = reject
    })
  socket.addEventListener('message', ({ data }) => {
    for (const [, seqNum] of String(data).matchAll(/"seqNum":(\d+)/g)) waiting.get(Number(seqNum))?.()
  })
  socket.addEventListener('close', ({ code, reason }) => lost(new Error(`A socket was closed: ${code} ${reason}`)))
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve)
    socket.addEventListener('error', () => reject(new Error('A socket did not open.')))
  })
  const isListening = hears(1)
  socket.send(pullFrame(storeId, '1000000'))
  await isListening
  return { send: (frame: string) => socket.send(frame), close: () => socket.close(), hears }
}

/** Each device commits now here, now there, about once in `every` milliseconds; gives how long each took to be heard. */
const talk = async (pairs: readonly { readonly lines: readonly Line[] }[], every: number) => {
  const times: number[] = []
  const speak = async (lines: readonly Line[], first: number) => {
    await pause((every * first) / (pairs.length * 2))
    for (let n = 0; n < commits; n++) {
      const line = lines[n % lines.length]
      const startedAt = performance.now()
      await line?.commit()
      const took = performance.now() - startedAt
      times.push(took)
      await pause(every - took)
    }
  }
  const half = open / 2
  await Promise.all(
    pairs.flatMap(({ lines }, n) => [speak(lines.slice(0, half), 2 * n), speak(lines.slice(half), 2 * n + 1)]),
  )
  return times
}

const pause = (ms: number) => new Promise((resume) => setTimeout(resume, Math.max(0, ms)))
