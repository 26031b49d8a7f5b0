import { useCallback, useMemo, useState } from 'react'
import { memoriesLinkedTo$ } from '#schema/stores/memory-network.ts'
import type { ExplorerViewProps } from '#web/features/memories/explorer-view-props.ts'
import { usePersonaId, usePersonaStore } from '#web/livestore/store-views.tsx'
import { bunchesOf, quietOnes } from './bunches.ts'
import { ColourLegend } from './colour-legend.tsx'
import { colouringOf, type Palette, paletteOf } from './colouring.ts'
import { DepthControl } from './depth-control.tsx'
import type { DrawnNode } from './drawing.ts'
import { HubCard } from './hub-card.tsx'
import { depthOf, networkAround } from './neighbourhood.ts'
import { drawnIds, mostMemories, type Network, type NetworkNode } from './network.ts'
import classes from './network-canvas.module.css'
import { NetworkCanvas } from './network-canvas.tsx'
import { NoWebGl } from './no-web-gl.tsx'
import { useLayout } from './use-layout.ts'
import { useNetwork } from './use-network.ts'
import { hasWebGl } from './web-gl.ts'

/** Memories as discs, and as rings the conversations they came from and went into, the tags they share, and imports. */
export const MemoryGraph = (props: ExplorerViewProps) => {
  const [isDrawable] = useState(hasWebGl)
  return isDrawable ? <DrawnGraph {...props} /> : <NoWebGl onBack={() => props.onChange({ view: undefined })} />
}

const DrawnGraph = ({ ids, openId, narrowing, onChange, onOpen }: ExplorerViewProps) => {
  const personaId = usePersonaId()
  const [hubId, setHubId] = useState<string>()
  const store = usePersonaStore()
  const linked = store.useQuery(useMemo(() => memoriesLinkedTo$(openId ?? ''), [openId]))
  // Of a long list the open memory decides what is drawn; of a short one it must not make everything anew.
  const wanted = ids.length <= mostMemories ? none : linked
  const drawn = useMemo(() => drawnIds(ids, wanted), [ids, wanted])
  const whole = useNetwork(drawn)
  const depth = openId === undefined ? undefined : depthOf(narrowing.depth)
  const network = useMemo(
    () => (depth === undefined || openId === undefined ? whole : networkAround(whole, openId, depth)),
    [whole, depth, openId],
  )
  const bunches = useMemo(() => bunchesOf(network), [network])
  const edges = useMemo(() => {
    const quiet = quietOnes(bunches)
    return network.edges.map((edge) => ({ ...edge, isQuiet: quiet.has(edge.from) }))
  }, [network, bunches])
  const { places, isSettling } = useLayout(
    network,
    bunches,
    depth === undefined ? personaId : `${personaId} ${openId} ${depth}`,
  )
  const byId = useMemo(() => new Map(network.nodes.map((node) => [node.id, node])), [network])
  const colouring = colouringOf(narrowing.colour)
  const palette = useMemo(() => {
    const memories = network.nodes.flatMap(({ kind, tier }) => (tier === null ? [] : [{ kind, tier }]))
    return paletteOf(colouring, memories, memories)
  }, [network, colouring])
  const nodes = useMemo(() => {
    const named = namedOf(network)
    return network.nodes.map((node) => drawnNode(node, palette, network.nodes.length, named.has(node.id)))
  }, [network, palette])
  const textOf = useCallback((id: string) => byId.get(id)?.label ?? '', [byId])
  const open = (id: string) => {
    const isMemory = byId.get(id)?.sort === 'memory'
    setHubId(isMemory ? undefined : id)
    if (isMemory) onOpen(id)
  }
  const hub = byId.get(hubId ?? '')
  const memories = nodes.length - network.nodes.filter(({ sort }) => sort !== 'memory').length

  return (
    <NetworkCanvas
      label="Graph of memories"
      nodes={nodes}
      edges={edges}
      places={places}
      openId={openId}
      onOpen={open}
      textOf={textOf}
      isLocal={depth !== undefined}
      frame={`${depth} ${depth === undefined ? '' : openId}`}
    >
      <div className={classes.note}>
        <span className={classes.noteText} role="status">
          {memories.toLocaleString()}
          {memories < ids.length && ` of ${ids.length.toLocaleString()}`} {ids.length === 1 ? 'memory' : 'memories'},{' '}
          {network.edges.length.toLocaleString()} {network.edges.length === 1 ? 'tie' : 'ties'}
          {isSettling && ' · arranging'}
        </span>
        {openId !== undefined && whole.nodes.some(({ id }) => id === openId) && (
          <DepthControl depth={depth} onChange={(depth) => onChange({ depth })} />
        )}
      </div>
      {hub !== undefined && (
        <HubCard node={hub} onTag={(tag) => onChange({ tag })} onClose={() => setHubId(undefined)} />
      )}
      <ColourLegend rows={palette.rows} narrowing={narrowing} onChange={onChange} hasHubs={memories < nodes.length} />
    </NetworkCanvas>
  )
}

const none: readonly string[] = []

/** Of few all; of many what ties most: so many as names have room. */
const namedOf = ({ nodes }: Network): ReadonlySet<string> => {
  const named = nodes.length <= 30 ? nodes : nodes.filter(({ sort }) => sort !== 'memory')
  const most = nodes.length < 400 ? named : named.toSorted((one, other) => other.weight - one.weight).slice(0, 12)
  return new Set(most.map(({ id }) => id))
}

const drawnNode = (
  { id, sort, label, kind, tier, weight }: NetworkNode,
  palette: Palette,
  count: number,
  isNamed: boolean,
): DrawnNode => {
  // Five thousand are dots, fifty are discs.
  const scale = count > 3500 ? 0.5 : count > 1500 ? 0.6 : count > 400 ? 0.8 : count > 60 ? 1 : 1.5
  return {
    id,
    label,
    hue: tier === null ? null : palette.hueOf({ kind, tier }),
    size: scale * (sort === 'memory' ? 3 + 6 * weight : 5 + 9 * weight),
    isPale: false,
    isNamed,
    isRing: sort !== 'memory',
  }
}
