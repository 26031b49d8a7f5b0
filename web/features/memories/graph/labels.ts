import type { CanvasColours } from './colours.ts'

interface Labelled {
  readonly x: number
  readonly y: number
  readonly size: number
  readonly label: string | null
}

/** A name beside its node, on a seam of the ground so that it reads over edges. */
export const drawLabel = (
  context: CanvasRenderingContext2D,
  { x, y, size, label }: Labelled,
  { text, ground }: CanvasColours,
) => {
  if (label === null || label === '') return
  context.font = "500 12px 'Inter Variable', system-ui, sans-serif"
  context.lineJoin = 'round'
  context.lineWidth = 4
  context.strokeStyle = ground
  context.fillStyle = text
  const shown = shortened(label)
  context.strokeText(shown, x + size + 4, y + 4)
  context.fillText(shown, x + size + 4, y + 4)
}

/** Around what is pointed at or open. */
export const drawRing = (context: CanvasRenderingContext2D, node: Labelled, colours: CanvasColours) => {
  context.beginPath()
  context.arc(node.x, node.y, node.size + 3, 0, 2 * Math.PI)
  context.strokeStyle = colours.ring
  context.lineWidth = 2
  context.stroke()
  drawLabel(context, node, colours)
}

const shortened = (label: string) => (label.length > 32 ? `${label.slice(0, 31).trimEnd()}…` : label)
