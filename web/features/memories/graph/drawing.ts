import { createNodeBorderProgram } from '@sigma/node-border'
import NodeGraph from 'graphology'
import { Sigma } from 'sigma'
import type { CanvasColours } from './colours.ts'
import { drawLabel, drawRing } from './labels.ts'
import type { Place, Places } from './places.ts'

export interface DrawnNode {
  readonly id: string
  readonly label: string
  /** Degrees; null: grey. */
  readonly hue: number | null
  /** Pixels. */
  readonly size: number
  /** What the filters do not find, where it is shown all the same. */
  readonly isPale: boolean
  /** Its name stands before those of others. */
  readonly isNamed: boolean
  /** A ring instead of a disc. */
  readonly isRing: boolean
}

export interface DrawnEdge {
  readonly from: string
  readonly to: string
  /** Seen before the others. */
  readonly isLink: boolean
  /** Seen only while its first end is looked at. */
  readonly isQuiet: boolean
}

/** What the eye is led to: a node and those tied to it, while all others fade; and nodes with a ring around them. */
export interface Lit {
  readonly id: string | undefined
  readonly near: ReadonlySet<string>
  readonly ringed: ReadonlySet<string>
}

interface Told {
  readonly onPoint: (id: string | undefined) => void
  readonly onPick: (id: string | undefined) => void
}

interface NodeLook {
  x: number
  y: number
  size: number
  color: string
  label: string
  pale: string
  isPale: boolean
  isNamed: boolean
  type: 'disc' | 'ring'
}

/** A type and not an interface: Sigma asks for an index. */
type EdgeLook = { isLink: boolean; isQuiet: boolean }

/** Discs with a seam of the ground, so that those that overlap are told apart. */
const bordered = createNodeBorderProgram<NodeLook, EdgeLook>({
  borders: [
    { size: { value: 1, mode: 'pixels' }, color: { attribute: 'seam' } },
    { size: { fill: true }, color: { attribute: 'color' } },
  ],
})

const ringed = createNodeBorderProgram<NodeLook, EdgeLook>({
  borders: [
    { size: { value: 2, mode: 'pixels' }, color: { attribute: 'color' } },
    { size: { fill: true }, color: { attribute: 'seam' } },
  ],
})

export type Drawing = ReturnType<typeof makeDrawing>

/** One WebGL canvas with nodes and edges, driven from outside; it holds no state of ours but what it was last given. */
export const makeDrawing = (container: HTMLElement, { onPoint, onPick }: Told) => {
  const graph = new NodeGraph<NodeLook, EdgeLook>({ multi: true, type: 'undirected' })
  let colours: CanvasColours
  let lit: Lit = { id: undefined, near: new Set(), ringed: new Set() }
  const isDimmed = (id: string) => lit.id !== undefined && id !== lit.id && !lit.near.has(id)

  // A telephone has room for smaller discs only.
  let scale = 1

  const sigma = new Sigma<NodeLook, EdgeLook>(graph, container, {
    allowInvalidContainer: true,
    labelFont: "'Inter Variable', system-ui, sans-serif",
    labelSize: 12,
    labelWeight: '500',
    labelDensity: 0.6,
    labelGridCellSize: 140,
    labelRenderedSizeThreshold: 6,
    minCameraRatio: 0.02,
    maxCameraRatio: 3,
    stagePadding: 56,
    zIndex: true,
    minEdgeThickness: 1.2,
    defaultNodeType: 'disc',
    nodeProgramClasses: { disc: bordered, ring: ringed },
    nodeHoverProgramClasses: { disc: bordered, ring: ringed },
    defaultDrawNodeLabel: (context, data) => drawLabel(context, data, colours),
    defaultDrawNodeHover: (context, data) => drawRing(context, data, colours),
    nodeReducer: (id, node) => {
      const dimmed = node.isPale || isDimmed(id)
      const isTarget = id === lit.id || lit.ringed.has(id)
      return {
        type: node.type,
        x: node.x,
        y: node.y,
        size: node.size * scale + (isTarget ? 1.5 : 0),
        seam: colours.ground,
        color: dimmed && !isTarget ? node.pale : node.color,
        label: dimmed && !isTarget ? '' : node.label,
        highlighted: isTarget,
        forceLabel: isTarget || (node.isNamed && !dimmed) || (lit.near.size <= 12 && lit.near.has(id)),
        zIndex: isTarget ? 3 : dimmed ? 0 : lit.near.has(id) ? 2 : 1,
      }
    },
    edgeReducer: (edge) => {
      if (graph.getEdgeAttribute(edge, 'isQuiet') && graph.source(edge) !== lit.id) return { hidden: true }
      if (lit.id === undefined) {
        // Thousands of lines to the middles of clusters would hide what ties two memories.
        const isFaint = graph.size > crowded && !graph.getEdgeAttribute(edge, 'isLink')
        return isFaint
          ? { color: colours.paleEdge, size: 0.5, zIndex: 0 }
          : { color: colours.edge, size: graph.size > crowded ? 1.2 : 0.8, zIndex: 1 }
      }
      const isLit = graph.hasExtremity(edge, lit.id)
      return isLit
        ? { color: colours.litEdge, size: 1.6, zIndex: 1 }
        : { color: colours.paleEdge, size: 0.6, zIndex: 0 }
    },
  })
  sigma.on('enterNode', ({ node }) => onPoint(node))
  sigma.on('leaveNode', () => onPoint(undefined))
  sigma.on('clickNode', ({ node }) => onPick(node))
  sigma.on('clickStage', () => onPick(undefined))
  sigma.on('doubleClickNode', (event) => event.preventSigmaDefault())
  // Whoever looks from outside knows by it that there is a picture.
  sigma.on('afterRender', () => container.setAttribute('data-drawn', ''))

  // Sigma hears of the window's size only; here a pane opens beside.
  const resized = new ResizeObserver(() => {
    scale = Math.min(1, Math.max(0.6, Math.min(container.clientWidth, container.clientHeight) / 600))
    sigma.refresh()
  })
  resized.observe(container)

  const camera = sigma.getCamera()
  const move = (state: Partial<ReturnType<typeof camera.getState>>, isStill: boolean) =>
    isStill ? void camera.setState(state) : void camera.animate(state, { duration: 150 })

  return {
    setNetwork: (nodes: readonly DrawnNode[], edges: readonly DrawnEdge[], places: Places, painted: CanvasColours) => {
      colours = painted
      graph.clear()
      for (const { id, hue, label, size, isPale, isNamed, isRing } of nodes) {
        const { x, y } = places.get(id) ?? nowhere
        graph.addNode(id, {
          x,
          y,
          size,
          label,
          isPale,
          isNamed,
          type: isRing ? 'ring' : 'disc',
          color: colours.node(hue),
          pale: colours.pale(hue),
        })
      }
      for (const { from, to, isLink, isQuiet } of edges)
        if (graph.hasNode(from) && graph.hasNode(to)) graph.addEdge(from, to, { isLink, isQuiet })
      sigma.refresh()
    },
    setPlaces: (places: Places) =>
      graph.updateEachNodeAttributes(
        (id, node) => {
          const { x, y } = places.get(id) ?? nowhere
          return { ...node, x, y }
        },
        { attributes: ['x', 'y'] },
      ),
    setLit: (next: Lit) => {
      lit = next
      sigma.refresh({ skipIndexation: true })
    },
    width: () => sigma.getDimensions().width,
    /** Where nodes stand on the screen: pixels from the upper left corner of the canvas. */
    onScreen: (place: Place): Place => sigma.graphToViewport(place),
    placesOnScreen: (): Places =>
      new Map(graph.mapNodes((id, { x, y }): [string, Place] => [id, sigma.graphToViewport({ x, y })])),
    zoom: (factor: number, isStill: boolean) => move({ ratio: camera.ratio / factor }, isStill),
    fit: (isStill: boolean) => move({ x: 0.5, y: 0.5, ratio: 1, angle: 0 }, isStill),
    /** Brings a node into view, if it is not. */
    show: (id: string, isStill: boolean) => {
      const data = sigma.getNodeDisplayData(id)
      if (data === undefined) return
      const { x, y } = sigma.framedGraphToViewport(data)
      const { width, height } = sigma.getDimensions()
      if (x < 40 || y < 40 || x > width - 40 || y > height - 40) move({ x: data.x, y: data.y }, isStill)
    },
    /** Calls back after each frame, until what is returned is called. */
    whenDrawn: (listener: () => void) => {
      sigma.on('afterRender', listener)
      return () => void sigma.off('afterRender', listener)
    },
    kill: () => {
      resized.disconnect()
      sigma.kill()
    },
  }
}

/** More lines than this are told apart by nobody. */
const crowded = 1500

const nowhere: Place = { x: 0, y: 0 }
