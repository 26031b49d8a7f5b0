import { createLink } from '@tanstack/react-router'
import type { AnchorHTMLAttributes, ButtonHTMLAttributes, ReactNode, Ref } from 'react'
import classes from './bar-item.module.css'

interface Face {
  readonly icon: ReactNode
  readonly label: string
}

interface BarLinkProps extends Face, Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'children'> {
  readonly ref?: Ref<HTMLAnchorElement>
  readonly active?: boolean
}

const Item = ({ ref, icon, label, active = false, ...props }: BarLinkProps) => (
  <a
    ref={ref}
    {...props}
    className={classes.item}
    data-active={active || undefined}
    aria-current={active ? 'page' : undefined}
  >
    {icon}
    {label}
  </a>
)

/** A place in the bottom bar of a phone. */
export const BarLink = createLink(Item)

export const BarButton = ({ icon, label, ...props }: Face & ButtonHTMLAttributes<HTMLButtonElement>) => (
  <button type="button" {...props} className={classes.item}>
    {icon}
    {label}
  </button>
)
