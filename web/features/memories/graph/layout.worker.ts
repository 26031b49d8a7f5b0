import { answerCalls, tell } from '#web/services/worker-calls.ts'
import { layoutSteps } from './layout.ts'
import type { LayoutAsk, LayoutNotice } from './layout-protocol.ts'

// Lays out one network, and shows itself doing it. It is ended when the network changes.

/** Milliseconds: what is drawn more often is not seen. */
const between = 80

const answerTo = ({ asked }: LayoutAsk) => {
  let toldAt = performance.now()
  for (const part of layoutSteps(asked)) {
    if (performance.now() - toldAt < between) continue
    toldAt = performance.now()
    tell<LayoutNotice>({ places: asked.places, part })
  }
  return asked.places
}

answerCalls(answerTo)
