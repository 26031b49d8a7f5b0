import type { MemoryPolicy } from '#schema/memories/policy.ts'
import type { SimilarPair } from '#schema/memories/similar.ts'
import type { TierReview } from '#schema/memories/tiers.ts'
import { livesTextOf, wordsTextOf } from '#schema/stores/memory-lives.ts'
import type { PersonaStore } from '#web/livestore/stores.ts'
import { callsTo } from '#web/services/worker-calls.ts'
import LifecycleWorker from './lifecycle.worker.ts?worker'
import type { LifecycleCalls } from './lifecycle-protocol.ts'

/** One look at the memories of a persona. Stopped, it is never answered. */
export interface Look<Answer> {
  readonly answer: Promise<Answer>
  readonly stop: () => void
}

/** What would be of every tier under a policy. Nothing is written. */
export const reviewUnder = (store: PersonaStore, policy: MemoryPolicy, now: Date): Look<TierReview> =>
  lookIn((call) => call('review', { lives: livesTextOf((query) => store.query(query)), policy, now: now.getTime() }))

/** Memories that say nearly the same, or may contradict each other. */
export const similarIn = (store: PersonaStore): Look<readonly SimilarPair[]> =>
  lookIn((call) =>
    call(
      'similar',
      wordsTextOf((query) => store.query(query)),
    ),
  )

const lookIn = <Answer>(ask: (call: ReturnType<typeof startWorker>['call']) => Promise<Answer>): Look<Answer> => {
  const worker = startWorker()
  return { answer: ask(worker.call).finally(worker.end), stop: worker.end }
}

const startWorker = () =>
  callsTo<LifecycleCalls, never>(
    new LifecycleWorker(),
    'The part of the page that looks through memories could not be loaded. Nothing was changed. Reload the page.',
    () => {},
  )
