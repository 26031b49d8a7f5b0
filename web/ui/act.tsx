import { ActionIcon, UnstyledButton } from '@mantine/core'
import type { CSSProperties, ReactNode } from 'react'

interface ActProps {
  /** What it does: its name, and what `Tips` says of it. */
  readonly label: string
  readonly icon: ReactNode
  readonly onClick: () => void
  readonly id?: string
  readonly disabled?: boolean
  /** Whether the menu that it opens is open. */
  readonly expanded?: boolean
}

/** Looks like a small, subtle ActionIcon with a tooltip, at a tenth of the work: for what stands in every row of a long list. */
export const Act = ({ label, icon, onClick, id, disabled = false, expanded }: ActProps) => (
  <button
    id={id}
    type="button"
    className={look}
    style={colours}
    data-tip={label}
    aria-label={label}
    disabled={disabled}
    onClick={onClick}
    {...(expanded !== undefined && { 'aria-haspopup': 'menu', 'aria-expanded': expanded })}
  >
    {icon}
  </button>
)

const look = ['mantine-focus-auto', 'mantine-active', UnstyledButton.classes.root, ActionIcon.classes.root].join(' ')

// CSS variables, which its type does not know.
const colours = {
  '--ai-size': 'var(--ai-size-sm)',
  '--ai-bg': 'transparent',
  '--ai-color': 'var(--mantine-color-gray-light-color)',
  '--ai-hover': 'var(--mantine-color-gray-light-hover)',
} as CSSProperties
