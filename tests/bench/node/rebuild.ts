import { stateOfLog } from '#schema/stores/hydration.ts'
import { personaSchema } from '#schema/stores/persona-store.ts'
import { measured } from '#tests/bench/figure.ts'
import { inTurn } from '#tests/bench/in-turn.ts'
import { openReplays } from '#tests/bench/replaying.ts'
import { longLog } from '#tests/support/long-log.ts'
import { cpuSeconds } from './replay.ts'

const events = 100_000
const slowEvents = 1000

/** A state made anew from the eventlog that is here, by us and by LiveStore, which is given the beginning of it alone. */
export const rebuildBench = async () => {
  const { openDatabase, eventlogOf, rebuilt } = await openReplays()
  const log = longLog(events)
  const [all, beginning] = [await eventlogOf(log), await eventlogOf(log.slice(0, slowEvents))]
  all.execute(`update __livestore_sync_status set head = ${events}`) // nothing is pending
  const file = all.export()
  all.close()
  const making = { schema: personaSchema, openDatabase, now: new Date(0) }
  const perSecond = await inTurn(
    1,
    async () => events / (await cpuSeconds(() => wholeStateOf(making, file))),
    async () => slowEvents / (await cpuSeconds(async () => (await rebuilt(beginning)).close())),
  )
  return [
    measured({
      name: 'rebuild: a state of 100 000 events made anew, events a CPU second in Node',
      unit: 'events/s',
      ...perSecond,
      baseline: 'LiveStore’s own rebuild of the first 1 000',
    }),
  ]
}

const wholeStateOf = (making: Parameters<typeof stateOfLog>[0], file: Uint8Array) => {
  const state = stateOfLog(making, file)
  if (!(state instanceof Uint8Array)) throw new Error('No state was made.')
}
