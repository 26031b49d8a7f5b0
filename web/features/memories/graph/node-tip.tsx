import classes from './network-canvas.module.css'
import type { Place } from './places.ts'

/** What the pointer rests at, in full; the canvas itself has room for a name. */
export const NodeTip = ({ text, at, width }: { readonly text: string; readonly at: Place; readonly width: number }) => (
  <div
    className={classes.tip}
    style={{ transform: `translate(${at.x}px, ${at.y}px)` }}
    // Towards the middle, where there is room.
    data-below={at.y < 140 || undefined}
    data-leftwards={at.x > width / 2 || undefined}
    aria-hidden
  >
    <span className={classes.tipText}>{text}</span>
  </div>
)
