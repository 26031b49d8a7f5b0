import { expect, test } from 'vitest'
import type { ConfirmedEvent } from '#schema/stores/hydration.ts'
import { makeGate } from '#web/livestore/hydration/gate.ts'
import type { LogPiece } from '#web/livestore/hydration/log-pieces.ts'
import { takePieces } from '#web/livestore/hydration/take-pieces.ts'
import { makeTurns } from '#web/livestore/hydration/turns.ts'

/** Stores that are made at once, and which of them goes on. */
const setUp = (...storeIds: readonly string[]) => {
  const turns = makeTurns()
  const goesOn = new Map<string, boolean>()
  const begin = (storeId: string) => {
    const leave = turns.join(storeId, (isFirst) => goesOn.set(storeId, isFirst))
    return () => {
      goesOn.delete(storeId)
      leave()
    }
  }
  const leave = new Map(storeIds.map((storeId) => [storeId, begin(storeId)]))
  return {
    goFirst: turns.goFirst,
    end: (storeId: string) => leave.get(storeId)?.(),
    going: () => [...goesOn].filter(([, isFirst]) => isFirst).map(([storeId]) => storeId),
  }
}

test('[HY22] of several stores that are made at once the one that was shown last goes on, the others when it is done, stopped or failed', () => {
  const { goFirst, end, going } = setUp('ada', 'boris', 'cem', 'dora')
  expect(going()).toEqual(['ada'])
  goFirst('cem')
  expect(going()).toEqual(['cem'])
  goFirst('boris')
  expect(going()).toEqual(['boris'])
  end('boris')
  expect(going()).toEqual(['cem'])
  end('ada') // one that waits is stopped
  expect(going()).toEqual(['cem'])
  end('cem')
  expect(going()).toEqual(['dora'])
  goFirst('nobody')
  expect(going()).toEqual(['dora'])
  end('dora')
  expect(going()).toEqual([])
})

/** A log of so many pages of one event, and what was asked and taken of it. */
const logOf = (pages: number) => {
  const happened: string[] = []
  const gate = makeGate()
  let asked = 0
  const ask = async (): Promise<LogPiece> => {
    asked++
    happened.push(`asked ${asked}`)
    return asked > pages ? { reason: null } : { events: [eventNumbered(asked)], of: pages }
  }
  const read = takePieces(ask, {
    take: ([event]) => {
      happened.push(`taken ${event?.seqNum}`)
      if (event?.seqNum === 1) gate.hear({ isFirst: false })
      return undefined
    },
    onProgress: (done) => happened.push(`told ${done}`),
    untilTurn: gate.untilTurn,
  })
  return { read, gate, happened }
}

const eventNumbered = (seqNum: number): ConfirmedEvent => ({
  seqNum,
  parentSeqNum: seqNum - 1,
  name: 'v1.Anything',
  args: {},
  clientId: 'laptop',
  sessionId: 'tab',
  receivedAt: 0,
})

test('[HY22] a store waits between two pages of its log as long as another one goes on', async () => {
  const { read, gate, happened } = logOf(3)
  const untilWaiting = ['asked 1', 'asked 2', 'taken 1', 'told 1']
  await expect.poll(() => happened).toEqual(untilWaiting)
  gate.hear({ isFirst: false })
  await Promise.resolve()
  expect(happened).toEqual(untilWaiting)
  gate.hear({ isFirst: true })
  expect(await read).toBe('short')
  expect(happened.slice(untilWaiting.length)).toEqual(['asked 3', 'taken 2', 'told 2', 'asked 4', 'taken 3', 'told 3'])
})
