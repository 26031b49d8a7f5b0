import { answerCalls, tell } from '#web/services/worker-calls.ts'
import { arrangeSteps } from './arrange.ts'
import type { MapAsk, MapNotice } from './map-protocol.ts'
import { regionsOf } from './regions.ts'

// Arranges the memories of one map. It is ended when nobody waits for it any more.

const answerTo = ({ asked }: MapAsk) => {
  const steps = arrangeSteps(asked)
  let toldAt = performance.now()
  for (;;) {
    const step = steps.next()
    if (step.done === true)
      return { ...step.value, regions: regionsOf(asked.texts, step.value.places, step.value.apart) }
    if (performance.now() - toldAt < 100) continue
    toldAt = performance.now()
    tell<MapNotice>({ part: step.value })
  }
}

answerCalls(answerTo)
