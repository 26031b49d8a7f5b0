import { newId } from '#web/livestore/session.ts'
import { callsTo, type WorkerCalls } from '#web/services/worker-calls.ts'
import SearchWorker from './search.worker.ts?worker'
import type { IndexState, SearchAsk, SearchCalls } from './search-protocol.ts'

/**
 * One index for all tabs. The tab that has the lock has the worker, answers the others, and is followed by one of them
 * when it goes.
 *
 *     tab ──ask──► channel ──► the tab with the lock ──► worker          what was asked and not answered is asked again
 *         ◄─answer─────────────────────────────────────────┘             of whoever has the lock next
 */
type Said =
  | { readonly says: 'ask'; readonly from: string; readonly ask: SearchAsk }
  | { readonly says: 'answer'; readonly to: string; readonly serial: number; readonly answer: unknown }
  | { readonly says: 'failure'; readonly to: string; readonly serial: number; readonly failure: string }
  | { readonly says: 'here'; readonly owner: string; readonly state: SharedState }
  | { readonly says: 'whoHasIt' }

/** What all tabs show. */
export interface SharedState extends IndexState {
  readonly shards: number
  readonly done: number
  readonly isBusy: boolean
}

let state: SharedState = { head: 0, era: 0, problem: null, shards: 0, done: 0, isBusy: false }
const listeners = new Set<() => void>()
const tab = newId()
const channel = new BroadcastChannel('pjai.search')
const say = (said: Said) => channel.postMessage(said)

let worker: WorkerCalls<SearchCalls> | undefined
let owner: string | undefined
let serials = 0
const waiting = new Map<number, { ask: SearchAsk; resolve: (answer: never) => void; reject: (error: Error) => void }>()

export const sharedState = (): SharedState => state

export const subscribeToIndex = (listener: () => void) => {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

/** Asks whoever has the index, now or as soon as there is one. */
export const callIndex = <Call extends keyof SearchCalls>(
  call: Call,
  asked: SearchCalls[Call][0],
): Promise<SearchCalls[Call][1]> => {
  if (worker !== undefined) return worker.call(call, asked)
  return new Promise((resolve, reject) => {
    const ask = { call, asked, serial: serials++ } as SearchAsk // of the same call
    waiting.set(ask.serial, { ask, resolve, reject })
    say({ says: 'ask', from: tab, ask })
  })
}

/** From now on this tab may have the index. `onOwner` is called when it has. */
export const joinIndex = (onOwner: () => void) => {
  void navigator.locks.request('pjai.search', () => {
    own()
    onOwner()
    return new Promise<never>(() => undefined) // as long as the page
  })
}

/** What the tab that has the index says of the work on it. */
export const tellProgress = (change: Partial<SharedState>) => {
  if (worker === undefined) return
  take({ ...state, ...change })
  say({ says: 'here', owner: tab, state })
}

const own = () => {
  worker = callsTo<SearchCalls, IndexState>(
    new SearchWorker(),
    'The part of the page that searches could not be loaded.',
    // Numbers that grow go on from those of the tab before.
    (told) => tellProgress({ ...told, head: told.head + first.head, era: told.era + first.era }),
  )
  const first = { head: state.head + 1, era: state.era }
  tellProgress({})
  for (const { ask, resolve, reject } of waiting.values()) answerTo(ask).then(resolve, reject)
  waiting.clear()
}

const answerTo = ({ call, asked }: SearchAsk): Promise<never> => callIndex(call, asked as never) as Promise<never> // of the same call

const hear = (said: Said) => {
  switch (said.says) {
    case 'whoHasIt':
      return tellProgress({})
    case 'ask':
      return worker === undefined ? undefined : pass(said.from, said.ask)
    case 'here': {
      if (owner !== said.owner) for (const { ask } of waiting.values()) say({ says: 'ask', from: tab, ask })
      owner = said.owner
      return take(said.state)
    }
    case 'answer':
    case 'failure':
      return said.to === tab ? settle(said) : undefined
  }
}

const pass = (to: string, ask: SearchAsk) => {
  const { serial } = ask
  answerTo(ask).then(
    (answer: unknown) => say({ says: 'answer', to, serial, answer }),
    (error: Error) => say({ says: 'failure', to, serial, failure: error.message }),
  )
}

const settle = (said: Said & { readonly serial: number }) => {
  const asker = waiting.get(said.serial)
  waiting.delete(said.serial)
  if (said.says === 'failure') asker?.reject(new Error(said.failure))
  if (said.says === 'answer') asker?.resolve(said.answer as never) // the worker answers with what the protocol says
}

const take = (next: SharedState) => {
  state = next
  for (const listener of listeners) listener()
}

channel.onmessage = ({ data }: MessageEvent<Said>) => hear(data)
say({ says: 'whoHasIt' })
