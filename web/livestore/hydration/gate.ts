import type { HydrationTurn } from './hydration-protocol.ts'

export type UntilTurn = () => Promise<void>

/** In the worker: open while its store goes on. */
export const makeGate = () => {
  let isOpen = true
  let waiting: readonly (() => void)[] = []
  const untilTurn: UntilTurn = async () => {
    if (isOpen) return
    await new Promise<void>((resume) => {
      waiting = [...waiting, resume]
    })
    await untilTurn() // it may be another one’s again
  }
  return {
    untilTurn,
    hear: ({ isFirst }: HydrationTurn) => {
      isOpen = isFirst
      const resumed = waiting
      waiting = []
      for (const resume of resumed) resume()
    },
  }
}
