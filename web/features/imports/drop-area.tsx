import { type DragEvent, type ReactNode, useRef, useState } from 'react'
import classes from './imports.module.css'

interface DropAreaProps {
  readonly onFiles: (files: readonly File[]) => void
  readonly disabled: boolean
  readonly children: ReactNode
}

/** Files may be dropped anywhere on it; while they hover, it says so. */
export const DropArea = ({ onFiles, disabled, children }: DropAreaProps) => {
  const [hovering, setHovering] = useState(false)
  // A pointer that goes from one element to the next leaves the first after it entered the second.
  const depth = useRef(0)
  const enter = (by: 1 | -1) => (event: DragEvent) => {
    if (disabled || !event.dataTransfer.types.includes('Files')) return
    depth.current += by
    setHovering(depth.current > 0)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: whoever has no pointer uses the button in it.
    <div
      className={classes.area}
      data-hovering={hovering || undefined}
      onDragEnter={enter(1)}
      onDragLeave={enter(-1)}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault()
        depth.current = 0
        setHovering(false)
        if (!disabled) onFiles([...event.dataTransfer.files])
      }}
    >
      {children}
      {hovering && <div className={classes.veil}>Drop to read</div>}
    </div>
  )
}
