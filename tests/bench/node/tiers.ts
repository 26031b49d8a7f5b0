import { memoryEvents } from '#schema/memories/events.ts'
import { tierMemories } from '#schema/memories/life-commands.ts'
import { usualPolicy } from '#schema/memories/policy.ts'
import { reviewTiers } from '#schema/memories/tiers.ts'
import { livesOf, livesTextOf, similarOf, wordsTextOf } from '#schema/stores/memory-lives.ts'
import { batchesOf, memoriesOf } from '#tests/bench/data.ts'
import { atMost, measured } from '#tests/bench/figure.ts'
import { inTurn, timed } from '#tests/bench/in-turn.ts'
import { commit, personaStoreWith } from '#tests/support/stores.ts'

const rows = 10_000
const by = { actorId: 'bench', deviceId: 'bench' }
const now = Date.UTC(2026, 2, 1)

/** A pass over 10 000 memories of which every other was reinforced, as the worker does it; and the search for what is said twice. */
export const tiersBench = async () => {
  const memories = memoriesOf('Ada', rows)
  const store = await personaStoreWith(
    batchesOf(memories, 500).map((batch) =>
      memoryEvents.memoriesImported({
        personaId: 'ada',
        importId: 'bench',
        memories: batch,
        importedAt: new Date(now - 200 * 86_400_000),
        ...by,
      }),
    ),
    memories.flatMap(({ memoryId }, n) =>
      n % 2 === 0
        ? []
        : memoryEvents.memoryReinforced({
            reinforcementId: `r${n}`,
            memoryId,
            personaId: 'ada',
            reinforcedAt: new Date(now - (n % 300) * 86_400_000),
            ...by,
          }),
    ),
  )
  const lives = () => reviewTiers(livesOf(livesTextOf((query) => store.query(query))), usualPolicy, now)
  const pass = await inTurn(
    10,
    () => timed(lives),
    () => timed(() => livesTextOf((query) => store.query(query))),
  )
  const { changes } = lives()
  const kept = await inTurn(
    1,
    () => timed(() => commit(store, tierMemories('ada', 'pass', usualPolicy, changes, { at: new Date(now), ...by }))),
    () => timed(lives),
  )
  const alike = await inTurn(
    2,
    () => timed(() => similarOf(wordsTextOf((query) => store.query(query)))),
    () => timed(() => wordsTextOf((query) => store.query(query))),
  )
  return [
    measured({
      name: `pass of tiers over ${rows} memories`,
      unit: 'ms',
      ...pass,
      quantile: 0.95,
      baseline: 'reading what it asks',
      budget: atMost(2000),
    }),
    measured({ name: `… and keeping ${changes.length} changes`, unit: 'ms', ...kept, baseline: 'the pass again' }),
    measured({
      name: `what is said twice in ${rows} memories`,
      unit: 'ms',
      ...alike,
      quantile: 0.95,
      baseline: 'reading the texts',
    }),
  ]
}
