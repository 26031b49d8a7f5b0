import { Paper } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './floating-bar.module.css'

interface FloatingBarProps {
  readonly label: string
  readonly children: ReactNode
}

/** Acts over the end of a list while something of it is chosen. Toasts keep above it: see `toast-host.module.css`. */
export const FloatingBar = ({ label, children }: FloatingBarProps) => (
  <Paper className={classes.bar ?? ''} withBorder shadow="md" role="toolbar" aria-label={label} data-floating-bar>
    {children}
  </Paper>
)
