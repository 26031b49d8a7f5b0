import { runInDurableObject } from 'cloudflare:test'
import * as fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { noEvidence } from '#proof/claims.ts'
import { verifyLog } from '#proof/verify.ts'
import type { PushedEvent } from '#sync-worker/batch-check.ts'
import { askLog } from '#sync-worker/placement/ask-log.ts'
import { deleteCell, putCell } from '#sync-worker/placement/cell-calls.ts'
import { canRollBack, hasEnded, isUnderWay } from '#sync-worker/placement/move.ts'
import type { MoveDesk } from '#sync-worker/placement/move-desk.ts'
import { forgetPlace, learnPlace, logAt, placeOf } from '#sync-worker/placement/places.ts'
import { firstPlace, type Place } from '#sync-worker/placement.ts'
import { makeCaller } from './calls.ts'
import { deskOf, env, request } from './movable-stores.ts'
import { type Act, act } from './move-acts.ts'
import { event, eventsIn, outcomeOf, pullOf, pushOf } from './rpc.ts'

const ask = makeCaller({ ...env, OPERATORS: 'olga' })

/** How many histories; `MOVE_HISTORIES` in the environment says another number. */
declare const __MOVE_HISTORIES__: number

vi.setConfig({ testTimeout: 3_600_000 })

test('[MV8] whatever is written, moved, broken off, called back and asked by whoever slept: no event is lost, doubled or reordered, and one object takes writes', async () => {
  let number = 0
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 15, maxLength: 40 }), async (acts) => {
      const world = await makeWorld(`persona_h${++number}`)
      for (const next of acts) {
        await world.perform(next)
        await world.expectOneOwner()
      }
      await world.expectNothingLost()
      await world.leaveAddedCells()
    }),
    { numRuns: __MOVE_HISTORIES__, seed: 8, endOnFailure: true },
  )
  expect(number).toBe(__MOVE_HISTORIES__)
})

/** A device: what it wrote and has not seen in the log, the last event it saw, and where it believes the log to be. */
interface Device {
  readonly name: string
  waiting: readonly string[]
  written: number
  seen: number
  place: Place | undefined
  isOffline: boolean
}

const makeWorld = async (storeId: string) => {
  const desk = deskOf(storeId)
  const devices: readonly Device[] = ['laptop', 'phone', 'tablet'].map((name) => ({
    name,
    waiting: [],
    written: 0,
    seen: 0,
    place: undefined,
    isOffline: false,
  }))
  /** What was said to be in the log, by its number there. */
  const taken = new Map<number, string>()
  const places = new Map<string, Place>()
  const origin = await placeOf(env, storeId)
  places.set(JSON.stringify(origin), origin)

  const onDesk = <A>(run: (instance: MoveDesk) => Promise<A>) =>
    runInDurableObject(desk, async (instance: MoveDesk) => {
      vi.spyOn(instance, 'resume').mockResolvedValue() // the history is its alarm
      return run(instance)
    })
  const latest = async () => (await desk.moves())[0]
  const step = (later = 60_000) =>
    onDesk(async (instance) => {
      const [move] = instance.moves()
      if (move !== undefined) await instance.step(move.moveId, Date.now() + later)
    })

  /** As a device does on a line: sees what is new, then pushes what waits. Whatever fails is tried again another time. */
  const sync = async (device: Device): Promise<unknown> => {
    if (device.place !== undefined) {
      forgetPlace(storeId)
      learnPlace(storeId, device.place) // the isolate that answers it
    }
    for (let tries = 0; tries < 4; tries++) {
      const place = await placeOf(env, storeId)
      device.place = place
      const log = logAt(env, storeId, place)
      const pulled = await log.fetch(request(storeId, pullOf(storeId)))
      if (pulled.status !== 503) {
        const log = await eventsIn(pulled)
        const seen = new Set(log.map(textOf))
        device.seen = log.length
        device.waiting = device.waiting.filter((text) => !seen.has(text))
        if (device.waiting.length === 0) return
      }
      const batch = device.waiting.map((text, n) => event(device.seen + 1 + n, text, device.name))
      const response = pulled.status === 503 ? pulled : await log.fetch(request(storeId, pushOf(storeId, batch)))
      if (response.status !== 503) {
        const outcome = await outcomeOf(response)
        expect(['Success', 'ServerAheadError']).toContain(outcome)
        if (outcome !== 'Success') return
        for (const pushed of batch) taken.set(pushed.seqNum, textOf(pushed))
        device.seen += batch.length
        device.waiting = [] // the device hears its own events at once, and never sends them again
        return
      }
      const away = JSON.parse(response.headers.get('x-pjai-away') ?? '')
      if (away.away === 'moving') return forgetPlace(storeId)
      learnPlace(storeId, away.to)
    }
    return undefined
  }

  /** Whatever holds the store, or what a move of it may still come to, stays. */
  const changeCell = async (cellId: string, how: 'add' | 'drain' | 'remove') => {
    const params = { cellId }
    const { status } =
      how === 'remove'
        ? await ask('olga', deleteCell, { params })
        : await ask('olga', putCell, { params, body: { draining: how === 'drain' } })
    expect([200, 204, 404, 409]).toContain(status)
    if (status !== 204) return
    // One that is rolling back, or in its grace time, may have ended without its desk having noted that.
    const ahead = (await desk.moves()).filter((move) => isUnderWay(move) && move.step !== 'rolling back')
    const ends = ahead.flatMap(({ from, to }) => [from, to])
    forgetPlace(storeId)
    expect([await placeOf(env, storeId), ...ends].map((place) => place.cellId)).not.toContain(cellId)
  }

  const perform = async (next: Act): Promise<unknown> => {
    const move = await latest()
    switch (next.what) {
      case 'write': {
        const device = devices[next.who] ?? devices[0]!
        device.waiting = [...device.waiting, `${device.name} ${++device.written}`]
        return
      }
      case 'sync': {
        const device = devices[next.who] ?? devices[0]!
        return device.isOffline ? undefined : sync(device)
      }
      case 'offline': {
        const device = devices[next.who] ?? devices[0]!
        device.isOffline = !device.isOffline
        return
      }
      case 'sleep':
        return forgetPlace(storeId)
      case 'move':
        return startMove(`c${next.to}`)
      case 'cell':
        return changeCell(next.cellId, next.how)
      case 'step':
        return step()
      case 'half a step': {
        if (move === undefined) return
        await step()
        return runInDurableObject(desk, (_, { storage }) => {
          storage.sql.exec('UPDATE moves SET move = ? WHERE moveId = ?', JSON.stringify(move), move.moveId)
        })
      }
      case 'crash': {
        if (move === undefined) return
        const place = next.which === 'source' ? move.from : move.to
        return expect(
          runInDurableObject(logAt(env, storeId, place), (_, state) => state.abort('crash')),
        ).rejects.toThrow('crash')
      }
      case 'call back':
        return move !== undefined && canRollBack(move) ? desk.rollBack(move.moveId) : undefined
      case 'clean':
        return move?.step === 'grace' ? step(48 * 3_600_000) : undefined
    }
  }

  const startMove = async (cellId: string) => {
    forgetPlace(storeId)
    const from = await placeOf(env, storeId)
    const to = { cellId, epoch: from.epoch + 1 }
    if (to.cellId === from.cellId) return
    const started = await onDesk((instance) => instance.start({ moveId: crypto.randomUUID(), storeId, from, to }))
    if (typeof started !== 'string') places.set(JSON.stringify(started.to), started.to)
  }

  return {
    perform,

    /** So that the next history can remove them. */
    leaveAddedCells: async () => {
      if (['c5', 'c6'].includes((await placeOf(env, storeId)).cellId)) await startMove('c1')
      await onDesk((instance) => instance.run(Date.now() + 48 * 3_600_000))
      expect((await desk.moves()).every(hasEnded)).toBe(true)
    },

    expectOneOwner: async () => {
      const states = await Promise.all(
        [...places.values()].map((place) =>
          runInDurableObject(logAt(env, storeId, place), (_, { storage }) => {
            const [row] = storage.sql.exec<{ state: string }>('SELECT state FROM handover').toArray()
            return row?.state ?? (place.epoch === firstPlace.epoch ? 'whole' : 'empty')
          }),
        ),
      )
      expect(states.filter((state) => takesWrites.includes(state)).length).toBeLessThanOrEqual(1)
    },

    expectNothingLost: async () => {
      for (let move = await latest(); move !== undefined && isUnderWay(move); move = await latest()) await step()
      for (const device of devices) {
        do await sync(device)
        while (device.waiting.length > 0)
      }
      forgetPlace(storeId)
      const { entries, start, checkpoints } = await askLog(env, storeId, async (log) => {
        const page = await log.readLog(0, 1000, crypto.randomUUID())
        if (page === 'TooManyPages') throw new Error(page)
        return page
      })
      expect(entries.map(({ n }) => n)).toEqual(entries.map((_, index) => index + 1))
      for (const [n, text] of taken) expect([n, textIn(entries[n - 1])]).toEqual([n, text])
      for (const { name, written } of devices)
        expect(entries.filter(({ device }) => device === name).map(textIn)).toEqual(
          Array.from({ length: written }, (_, n) => `${name} ${n + 1}`),
        )
      const serverKeys = checkpoints.map(({ publicKey }) => publicKey)
      if (entries.length === 0) return
      expect(await verifyLog(entries, start, { ...noEvidence, checkpoints, serverKeys })).toMatchObject({
        isIntact: true,
        isComplete: true,
      })
    },
  }
}

const textIn = (entry: { readonly args: string } | undefined): string | undefined =>
  entry === undefined ? undefined : textOf({ args: JSON.parse(entry.args) })

const takesWrites = ['whole', 'lending', 'lifted', 'arrived']

/** As `event` made it. */
const textOf = ({ args }: Pick<PushedEvent, 'args'>): string =>
  JSON.parse(atob((args as { readonly ciphertext: string }).ciphertext)).args.text
