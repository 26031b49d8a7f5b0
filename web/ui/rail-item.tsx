import { createLink } from '@tanstack/react-router'
import type { AnchorHTMLAttributes, CSSProperties, ReactNode, Ref } from 'react'
import { hueColor } from './hue-avatar.tsx'
import classes from './rail-item.module.css'

interface RailItemProps extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'children'> {
  readonly ref?: Ref<HTMLAnchorElement>
  readonly icon: ReactNode
  readonly label: string
  /** A mark at the end of the line. */
  readonly note?: ReactNode
  /** The key that goes there, shown on hover. */
  readonly hint?: string | undefined
  readonly active?: boolean
  /** Tints the line of the active one. */
  readonly hue?: number
}

const Item = ({ ref, icon, label, note, hint, active = false, hue, style, ...props }: RailItemProps) => (
  <a
    ref={ref}
    {...props}
    className={classes.item}
    data-active={active || undefined}
    aria-current={active ? 'page' : undefined}
    // A custom property is not in React's style type.
    style={hue === undefined ? style : ({ ...style, '--rail-line': hueColor(hue) } as CSSProperties)}
  >
    {icon}
    <span className={classes.label}>{label}</span>
    {hint !== undefined && (
      <span className={classes.hint} aria-hidden>
        {hint}
      </span>
    )}
    {note}
  </a>
)

/** A line of the rail that leads somewhere. */
export const RailItem = createLink(Item)
