import { useMemo, useSyncExternalStore } from 'react'
import { openPresence, type Presence, sealPresence } from '#sealing/presence.ts'
import type { StoreKeys } from '#sealing/store-secret.ts'
import { get } from '#web/livestore/device-db.ts'
import { session } from '#web/livestore/session.ts'
import { joinPresence, type Line, type LineEvents, othersAmong } from './presence-line.ts'

/** Who else has the persona open that this page shows. Heard past the log, and kept nowhere. */

type Self = Pick<Presence, 'name' | 'device' | 'where'>

let others: readonly Presence[] = []
let joined: ReturnType<typeof joinPresence> | undefined
let self: Presence | undefined
const listeners = new Set<() => void>()

/** Says that this device has the store open, until the function it gives is called. */
export const attend = (storeId: string): (() => void) => {
  let attending: ReturnType<typeof joinPresence> | undefined
  let hasLeft = false
  const join = (keys: StoreKeys | undefined) => {
    if (hasLeft || keys?.presenceKey === undefined) return // a key kept by an older version that could not be renewed
    attending = joinPresence({
      dial: (events) => dial(storeId, events),
      seal: (presence) => sealPresence(keys, presence),
      open: (text) => openPresence(keys, text),
      show: (here) => {
        others = othersAmong(here, session)
        for (const listener of listeners) listener()
      },
    })
    joined = attending
    if (self !== undefined) attending.say(self)
  }
  void get('storeKeys', storeId).then(join)
  return () => {
    hasLeft = true
    if (joined === attending) joined = undefined
    attending?.leave()
  }
}

const dial = (storeId: string, { opened, said, ended }: LineEvents): Line => {
  const socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/presence?storeId=${storeId}`)
  socket.onopen = opened
  socket.onmessage = ({ data }) => said(data)
  socket.onclose = ended
  return socket
}

/** What the others are told of this device from now on. */
export const sayOfSelf = (said: Self) => {
  const since =
    self?.where.room === said.where.room && self.where.thingId === said.where.thingId ? self.since : new Date()
  self = { ...said, actorId: session.actorId, deviceId: session.deviceId, since }
  joined?.say(self)
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

export const othersHere = (): readonly Presence[] => others

export const useOthersHere = () => useSyncExternalStore(subscribe, () => others)

/** Who is in which conversation or memory, in words. */
export const useOthersByThing = (): ReadonlyMap<string, string> => {
  const here = useOthersHere()
  return useMemo(() => {
    const byThing = new Map<string, string>()
    for (const other of here) {
      const { thingId } = other.where
      if (thingId === null) continue
      const known = byThing.get(thingId)
      byThing.set(thingId, known === undefined ? calledHere(other) : `${known}; ${calledHere(other)}`)
    }
    return byThing
  }, [here])
}

export const isOwnDevice = ({ actorId }: Presence): boolean => actorId === session.actorId

/** “You, on Chrome on Android”, “Anna, on Firefox on Linux”. */
export const calledHere = (other: Presence): string =>
  `${isOwnDevice(other) ? 'You' : other.name || 'Somebody'}, on ${other.device}`
