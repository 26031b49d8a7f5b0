import { useReducedMotion } from '@mantine/hooks'
import { useEffect, useMemo, useState } from 'react'
import { callsTo } from '#web/services/worker-calls.ts'
import { askedFor } from './asked.ts'
import type { Bunch } from './bunches.ts'
import LayoutWorker from './layout.worker.ts?worker'
import type { LayoutCalls, LayoutNotice } from './layout-protocol.ts'
import type { Network } from './network.ts'
import type { Places } from './places.ts'
import { startPlaces } from './start-places.ts'

/** Where everything stood, and which edges pulled at it, by scope: whoever comes back finds it as it was. */
const kept = new Map<string, { readonly places: Places; readonly edges: ReadonlySet<string> }>()

interface Layout {
  readonly places: Places
  readonly isSettling: boolean
}

/** Lays a network out in a worker, from where its nodes stood in this scope. What is only left out moves nothing. */
export const useLayout = (network: Network, bunches: readonly Bunch[], scope: string): Layout => {
  const isStill = useReducedMotion()
  const start = useMemo(() => startOf(network, bunches, scope), [network, bunches, scope])
  const [moved, setMoved] = useState<{ readonly from: Start; readonly layout: Layout }>()
  useEffect(() => {
    if (start.isSettled) return
    const ids = [...start.places.keys()]
    const show = (numbers: Float32Array, isSettling: boolean) => {
      const places = new Map(ids.map((id, n) => [id, { x: numbers[2 * n] ?? 0, y: numbers[2 * n + 1] ?? 0 }]))
      setMoved({ from: start, layout: { places, isSettling } })
      return places
    }
    const calls = callsTo<LayoutCalls, LayoutNotice>(
      new LayoutWorker(),
      'The part of the page that lays out graphs could not be loaded.',
      ({ places }) => {
        if (!isStill) show(places, true)
      },
    )
    const isContinued = start.fresh < network.nodes.length / 4
    const settle = async () => {
      keep(
        scope,
        show(await calls.call('settle', askedFor(network, bunches, start.places, isContinued)), false),
        start.edges,
      )
      calls.end()
    }
    // A worker that cannot be loaded leaves everything at its start, which is a picture too.
    settle().catch(() => setMoved({ from: start, layout: { places: start.places, isSettling: false } }))
    return calls.end
  }, [network, bunches, start, scope, isStill])
  return moved?.from === start ? moved.layout : { places: start.places, isSettling: !start.isSettled }
}

interface Start {
  readonly places: Places
  readonly edges: readonly string[]
  /** How many never stood anywhere. */
  readonly fresh: number
  readonly isSettled: boolean
}

const startOf = (network: Network, bunches: readonly Bunch[], scope: string): Start => {
  const known = kept.get(scope)
  const fresh = network.nodes.filter(({ id }) => known?.places.has(id) !== true).length
  const edges = network.edges.map(({ from, to }) => `${from} ${to}`)
  return {
    places: startPlaces(network, bunches, known?.places ?? new Map()),
    edges,
    fresh,
    isSettled: fresh === 0 && edges.every((edge) => known?.edges.has(edge) === true),
  }
}

/** The surroundings of each memory that was open are a scope of their own. */
const mostKept = 20

const keep = (scope: string, places: Places, edges: readonly string[]) => {
  const known = kept.get(scope)
  kept.delete(scope)
  kept.set(scope, {
    places: new Map([...(known?.places ?? []), ...places]),
    edges: new Set([...(known?.edges ?? []), ...edges]),
  })
  for (const oldest of [...kept.keys()].slice(0, -mostKept)) kept.delete(oldest)
}
