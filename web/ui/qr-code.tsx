import { encodeQR } from 'qr'

interface QrCodeProps {
  readonly text: string
  readonly label: string
  /** Of a side, in pixels. */
  readonly size: number
}

/** Import this lazily. Dark on white in either theme, with the margin that cameras look for. */
export const QrCode = ({ text, label, size }: QrCodeProps) => {
  const rows = encodeQR(text, 'raw', { border: 4 })
  const side = rows.length
  return (
    <svg
      role="img"
      aria-label={label}
      width={size}
      height={size}
      viewBox={`0 0 ${side} ${side}`}
      shapeRendering="crispEdges"
    >
      <rect width={side} height={side} fill="#fff" />
      <path d={rows.map(rowToPath).join('')} fill="#000" />
    </svg>
  )
}

/** Each dark square as a square of one unit. */
const rowToPath = (row: readonly boolean[], y: number) =>
  row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')).join('')
