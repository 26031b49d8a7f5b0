import { useComputedColorScheme } from '@mantine/core'
import { useReducedMotion } from '@mantine/hooks'
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { CanvasButtons } from './canvas-buttons.tsx'
import { canvasColours } from './colours.ts'
import { nodeTowards } from './direction.ts'
import { type Drawing, type DrawnEdge, type DrawnNode, makeDrawing } from './drawing.ts'
import { neighboursIn } from './neighbourhood.ts'
import classes from './network-canvas.module.css'
import { NodeTip } from './node-tip.tsx'
import type { Places } from './places.ts'

interface NetworkCanvasProps {
  /** What it is, for who cannot see it. */
  readonly label: string
  readonly nodes: readonly DrawnNode[]
  readonly edges: readonly (DrawnEdge & { readonly relation: string })[]
  readonly places: Places
  readonly openId: string | undefined
  readonly onOpen: (id: string) => void
  /** What a tip says of a node, and the hidden list of its neighbours. */
  readonly textOf: (id: string) => string
  /** It shows the surroundings of what is open: nothing fades for that. */
  readonly isLocal: boolean
  /** Another value brings everything into view again. */
  readonly frame: string
  /** Drawn over it, and kept in place by what the drawing tells. */
  readonly overlay?: (drawing: Drawing) => ReactNode
  readonly children?: ReactNode
}

/** Dots and lines by WebGL, for a mouse, a finger, a keyboard and a screen reader. */
export const NetworkCanvas = ({
  nodes,
  edges,
  places,
  openId,
  onOpen,
  textOf,
  frame,
  ...props
}: NetworkCanvasProps) => {
  const scheme = useComputedColorScheme()
  const isStill = useReducedMotion()
  const colours = useMemo(() => canvasColours(scheme), [scheme])
  const neighbours = useMemo(() => neighboursIn(edges), [edges])
  const [pointedId, setPointedId] = useState<string>()
  const [chosenId, setChosenId] = useState<string>()
  const cursorId = chosenId !== undefined && places.has(chosenId) ? chosenId : undefined
  const isOpenHere = openId !== undefined && places.has(openId)
  const litId = pointedId ?? (props.isLocal ? undefined : (cursorId ?? (isOpenHere ? openId : undefined)))
  const stage = useRef<HTMLDivElement>(null)
  const drawing = useDrawing(stage, setPointedId, (id) => {
    setChosenId(id)
    if (id !== undefined) onOpen(id)
  })

  // The nodes are set with their places of now; places alone are cheaper to set.
  const placesNow = useRef(places)
  useEffect(() => {
    placesNow.current = places
    drawing?.setPlaces(places)
  }, [drawing, places])
  useEffect(() => drawing?.setNetwork(nodes, edges, placesNow.current, colours), [drawing, nodes, edges, colours])
  useEffect(
    () =>
      drawing?.setLit({
        id: litId,
        near: neighbours.get(litId ?? '') ?? new Set(),
        ringed: new Set([openId, cursorId].filter((id) => id !== undefined)),
      }),
    [drawing, litId, neighbours, openId, cursorId],
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: another frame is what it waits for
  useEffect(() => drawing?.fit(true), [drawing, frame])

  const onKeyDown = (event: KeyboardEvent) => {
    if (drawing === null || event.ctrlKey || event.metaKey || event.altKey) return
    const from = cursorId ?? openId ?? nodes[0]?.id
    if (event.key.startsWith('Arrow') && from !== undefined) {
      const next = cursorId === undefined ? from : nodeTowards(event.key, from, drawing.placesOnScreen())
      setPointedId(undefined)
      if (next !== undefined) {
        setChosenId(next)
        drawing.show(next, isStill)
      }
    } else if (event.key === 'Enter' && cursorId !== undefined) onOpen(cursorId)
    else if (event.key === '+' || event.key === '=') drawing.zoom(zoomStep, isStill)
    else if (event.key === '-') drawing.zoom(1 / zoomStep, isStill)
    else if (event.key === '0') drawing.fit(isStill)
    else return
    event.preventDefault()
  }

  return (
    <div className={classes.frame}>
      <div
        ref={stage}
        className={classes.stage}
        role="application"
        aria-label={`${props.label}. Arrows move to the next, Enter opens, plus and minus zoom, 0 shows all.`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: an application is interactive
        tabIndex={0}
        data-memory-list
        onKeyDown={onKeyDown}
      />
      {drawing !== null && props.overlay?.(drawing)}
      {pointedId !== undefined && drawing !== null && places.has(pointedId) && (
        <NodeTip
          text={textOf(pointedId)}
          at={drawing.onScreen(places.get(pointedId) ?? { x: 0, y: 0 })}
          width={drawing.width()}
        />
      )}
      <Heard id={cursorId} edges={edges} textOf={textOf} />
      {props.children}
      <CanvasButtons
        onCloser={() => drawing?.zoom(zoomStep, isStill)}
        onFarther={() => drawing?.zoom(1 / zoomStep, isStill)}
        onFit={() => drawing?.fit(isStill)}
      />
    </div>
  )
}

const zoomStep = 1.5

/** Lives as long as the place it is drawn in. */
const useDrawing = (
  stage: { readonly current: HTMLDivElement | null },
  onPoint: (id: string | undefined) => void,
  onPick: (id: string | undefined) => void,
) => {
  const [drawing, setDrawing] = useState<Drawing | null>(null)
  const latest = useRef({ onPoint, onPick })
  useEffect(() => {
    latest.current = { onPoint, onPick }
  })
  useEffect(() => {
    if (stage.current === null) return
    const made = makeDrawing(stage.current, {
      onPoint: (id) => latest.current.onPoint(id),
      onPick: (id) => latest.current.onPick(id),
    })
    setDrawing(made)
    return made.kill
  }, [stage])
  return drawing
}

interface HeardProps {
  readonly id: string | undefined
  readonly edges: NetworkCanvasProps['edges']
  readonly textOf: (id: string) => string
}

/** What the canvas shows of one node, for a screen reader. */
const Heard = ({ id, edges, textOf }: HeardProps) => {
  const near = id === undefined ? [] : edges.filter(({ from, to }) => from === id || to === id)
  return (
    <div className={classes.heard}>
      <p aria-live="polite">{id !== undefined && `${textOf(id)}, ${near.length} neighbours`}</p>
      {near.length > 0 && (
        <ul aria-label="Neighbours">
          {near.slice(0, 50).map(({ from, to, relation }) => (
            <li key={`${from} ${to} ${relation}`}>
              {relation}: {textOf(from === id ? to : from)}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
