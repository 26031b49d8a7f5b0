import { useEffect, useMemo, useState } from 'react'
import type { MappedMemory } from '#schema/stores/memory-network.ts'
import { hashOf, type Place, type Places } from '#web/features/memories/graph/places.ts'
import { callsTo } from '#web/services/worker-calls.ts'
import MapWorker from './map.worker.ts?worker'
import type { MapCalls, MapNotice } from './map-protocol.ts'
import type { Region } from './regions.ts'

interface MemoryMap {
  readonly places: Places
  readonly regions: readonly Region[]
  /** How many share no telling word with any other. */
  readonly apart: number
}

type MapState = { readonly map: MemoryMap } | { readonly part: number } | { readonly problem: string }

interface Kept {
  readonly key: number
  readonly map: MemoryMap
  /** What each said when it was placed. */
  readonly said: ReadonlyMap<string, number>
}

/** The last map of each scope, for as long as the page lives: it holds nothing that is not on screen elsewhere. */
const kept = new Map<string, Kept>()

/** The map of these memories: at once if it is known, else from a worker. `attempt`: another asks once more. */
export const useMemoryMap = (memories: readonly MappedMemory[], scope: string, attempt: number): MapState => {
  const start = useMemo(() => startOf(memories, scope, attempt), [memories, scope, attempt])
  const [made, setMade] = useState<{ readonly from: Start; readonly state: MapState }>()
  useEffect(() => {
    const { known, said, key } = start
    if (known?.key === key) return
    const calls = callsTo<MapCalls, MapNotice>(
      new MapWorker(),
      'The part of the page that arranges maps could not be loaded. Your memories are safe. Reload the page.',
      // A map that stands is not taken away for one that is on its way.
      ({ part }) => setMade({ from: start, state: known === undefined ? { part } : { map: known.map } }),
    )
    const arrange = async () => {
      const texts = memories.map(({ content }) => content)
      const answer = await calls.call('arrange', { texts, places: placesIn(memories, said, known) })
      const map = mapOf(memories, answer)
      kept.set(scope, { key, map, said })
      setMade({ from: start, state: { map } })
      calls.end()
    }
    arrange().catch((error: unknown) =>
      setMade({ from: start, state: { problem: error instanceof Error ? error.message : String(error) } }),
    )
    return calls.end
  }, [memories, scope, start])
  if (made?.from === start) return made.state
  return start.known === undefined ? { part: 0 } : { map: start.known.map }
}

interface Start {
  readonly attempt: number
  readonly known: Kept | undefined
  readonly said: ReadonlyMap<string, number>
  readonly key: number
}

const startOf = (memories: readonly MappedMemory[], scope: string, attempt: number): Start => {
  const said = new Map(memories.map(({ memoryId, content }) => [memoryId, hashOf(content)]))
  return { attempt, known: kept.get(scope), said, key: hashOf(JSON.stringify([...said])) }
}

/** Where those stand whose text is what it was. */
const placesIn = (
  memories: readonly MappedMemory[],
  said: ReadonlyMap<string, number>,
  known: Kept | undefined,
): Float32Array =>
  Float32Array.from(
    memories.flatMap(({ memoryId }) => {
      const place = known?.said.get(memoryId) === said.get(memoryId) ? known?.map.places.get(memoryId) : undefined
      return place === undefined ? [Number.NaN, Number.NaN] : [place.x, place.y]
    }),
  )

const mapOf = (memories: readonly MappedMemory[], { places, apart, regions }: MapCalls['arrange'][1]): MemoryMap => ({
  places: new Map(
    memories.map(({ memoryId }, n): [string, Place] => [
      memoryId,
      { x: places[2 * n] ?? 0, y: places[2 * n + 1] ?? 0 },
    ]),
  ),
  regions,
  apart: apart.length,
})
