import { expect, test } from 'vitest'
import { listedMemories$, memoryOrder$, memoryTotals$ } from '#schema/memories/list-queries.ts'
import { personaSchema } from '#schema/stores/persona-store.ts'
import { summaryCounts$ } from '#schema/stores/summary.ts'
import { makePastStore } from '#web/livestore/past-store.ts'
import { logOf } from '#tests/support/log-events.ts'
import { historyOf } from '#tests/support/replays.ts'
import { sampleEvents } from '#tests/support/sample-log.ts'

const history = historyOf(personaSchema, logOf(personaSchema, sampleEvents))

test('x', async () => {
  const past = await makePastStore(personaSchema, 'persona_x', fileAt(0))
  const seen: unknown[] = []
  past.store.subscribe(memoryTotals$, (t) => seen.push(t))
  console.log(history.head, past.store.query(memoryTotals$), past.store.query(summaryCounts$))
  for (const n of [5, history.head, 2, history.head, 3]) {
    const t = performance.now()
    past.show(fileAt(n))
    console.log(n, past.store.query(memoryTotals$), past.store.query(summaryCounts$), performance.now() - t)
  }
  console.log(seen)
  await past.close()
})

const fileAt = (n: number) => {
  const state = history.stateAt(n)
  try {
    return state.db.serialize() as Uint8Array<ArrayBuffer>
  } finally {
    state.close()
  }
}
