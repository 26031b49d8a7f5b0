import type { OpenedEvent } from '#bundle/opened-events.ts'
import { type History, historySteps } from '#schema/stores/history.ts'
import { personaSchema } from '#schema/stores/persona-store.ts'
import type { OpenDatabase } from '#schema/stores/replay-database.ts'
import type { OpenedBundle } from './opened-bundle.ts'
import { Problem } from './problem.ts'
import { progress } from './progress.ts'

/** Every state that the log of a bundle ever made. */
export const historyOf = async ({ bundle, events }: OpenedBundle, openDatabase: OpenDatabase): Promise<History> => {
  const all: OpenedEvent[] = []
  for await (const event of events()) all.push(event)
  const say = progress()
  const steps = historySteps({ schema: personaSchema, events: all, openDatabase })
  for (;;) {
    const step = steps.next()
    if (step.done !== true) {
      say(`${step.value} of ${all.length} events replayed`)
      continue
    }
    if (step.value.failure !== undefined) throw new Problem(`${bundle.file}: ${step.value.failure.message}`)
    return step.value
  }
}

/** The number of an event of this history: 0 is before the first. */
export const eventNumber = (text: string | undefined, { head }: History): number => {
  if (text === undefined) return head
  if (!/^\d+$/.test(text)) throw new Problem(`“${text}” is not the number of an event.`, 'usage')
  if (Number(text) > head) throw new Problem(`There is no event ${text}: the last one is ${head}.`)
  return Number(text)
}
