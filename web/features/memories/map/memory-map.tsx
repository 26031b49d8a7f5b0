import { Button } from '@mantine/core'
import { useCallback, useMemo, useState } from 'react'
import { mappedMemories$ } from '#schema/stores/memory-network.ts'
import type { ExplorerViewProps } from '#web/features/memories/explorer-view-props.ts'
import { ColourLegend } from '#web/features/memories/graph/colour-legend.tsx'
import { colouringOf, paletteOf } from '#web/features/memories/graph/colouring.ts'
import type { DrawnNode } from '#web/features/memories/graph/drawing.ts'
import canvas from '#web/features/memories/graph/network-canvas.module.css'
import { NetworkCanvas } from '#web/features/memories/graph/network-canvas.tsx'
import { NoWebGl } from '#web/features/memories/graph/no-web-gl.tsx'
import { hasWebGl } from '#web/features/memories/graph/web-gl.ts'
import { usePersonaId, usePersonaStore } from '#web/livestore/store-views.tsx'
import { EmptyState } from '#web/ui/empty-state.tsx'
import { ProgressView } from '#web/ui/progress-view.tsx'
import { RegionNames } from './region-names.tsx'
import { useMemoryMap } from './use-memory-map.ts'

/** Memories that share words stand near each other. What the filters do not find stays as a pale dot, where it was. */
export const MemoryMap = (props: ExplorerViewProps) => {
  const [isDrawable] = useState(hasWebGl)
  return isDrawable ? <DrawnMap {...props} /> : <NoWebGl onBack={() => props.onChange({ view: undefined })} />
}

/** What a worker arranges within some seconds, and a browser draws smoothly. */
const mostMemories = 10_000

const DrawnMap = ({ ids, openId, narrowing, onChange, onOpen }: ExplorerViewProps) => {
  const isBin = narrowing.show === 'forgotten'
  const personaId = usePersonaId()
  const store = usePersonaStore()
  const memories = store.useQuery(useMemo(() => mappedMemories$({ forgotten: isBin, limit: mostMemories }), [isBin]))
  const [attempt, setAttempt] = useState(0)
  const state = useMemoryMap(memories, `${personaId} ${isBin}`, attempt)
  const found = useMemo(() => new Set(ids), [ids])
  const shown = useMemo(() => memories.filter(({ memoryId }) => found.has(memoryId)), [memories, found])
  const colouring = colouringOf(narrowing.colour)
  const palette = useMemo(() => paletteOf(colouring, memories, shown), [colouring, memories, shown])
  const nodes = useMemo(
    () =>
      memories.map(
        ({ memoryId, kind, tier, importance }): DrawnNode => ({
          id: memoryId,
          label: '',
          hue: palette.hueOf({ kind, tier }),
          size: (memories.length > 1500 ? 0.6 : 1) * (2.5 + 4.5 * importance),
          isPale: !found.has(memoryId),
          isNamed: false,
          isRing: false,
        }),
      ),
    [memories, palette, found],
  )
  const texts = useMemo(() => new Map(memories.map(({ memoryId, content }) => [memoryId, content])), [memories])
  const textOf = useCallback((id: string) => texts.get(id)?.slice(0, 240) ?? '', [texts])

  if ('problem' in state)
    return (
      <EmptyState
        title="The map could not be made"
        text={state.problem}
        action={<Button onClick={() => setAttempt(attempt + 1)}>Try again</Button>}
      />
    )
  if (!('map' in state))
    return (
      <div className={canvas.wait}>
        <ProgressView
          title="Putting related memories near each other"
          count={`${Math.round(state.part * 100)} % of ${memories.length.toLocaleString()} memories`}
          part={state.part}
          stop={{ label: 'Back to the list', onClick: () => onChange({ view: undefined }) }}
        />
      </div>
    )
  const { places, regions, apart } = state.map
  return (
    <NetworkCanvas
      label="Map of memories by related words"
      nodes={nodes}
      edges={noEdges}
      places={places}
      openId={openId}
      onOpen={onOpen}
      textOf={textOf}
      // Faded is what the filters do not find, and no more: the eye compares regions.
      isLocal
      frame={personaId}
      overlay={(drawing) => <RegionNames regions={regions} drawing={drawing} />}
    >
      <div className={canvas.note}>
        <span className={canvas.noteText} role="status">
          {shown.length.toLocaleString()}
          {shown.length < ids.length && ` of ${ids.length.toLocaleString()}`} {ids.length === 1 ? 'memory' : 'memories'}
          , near each other by related words
          {apart > 0 && ` · ${apart.toLocaleString()} without any stand around`}
        </span>
      </div>
      <ColourLegend rows={palette.rows} narrowing={narrowing} onChange={onChange} hasHubs={false} />
    </NetworkCanvas>
  )
}

const noEdges: readonly never[] = []
