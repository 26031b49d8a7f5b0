import { ActionIcon, UnstyledButton } from '@mantine/core'
import type { CSSProperties, ReactNode, Ref } from 'react'

interface ActProps {
  /** What it does: its name, and what `Tips` says of it unless it opens a menu, which says more. */
  readonly label: string
  readonly icon: ReactNode
  readonly onClick: () => void
  readonly id?: string
  readonly ref?: Ref<HTMLButtonElement>
  readonly disabled?: boolean
  /** Whether the menu that it opens is open. */
  readonly expanded?: boolean
}

/** Looks like a small, subtle ActionIcon with a tooltip, at a tenth of the work: for what stands in every row of a long list. */
export const Act = ({ label, icon, onClick, id, ref, disabled = false, expanded }: ActProps) => (
  <button
    id={id}
    ref={ref}
    type="button"
    className={look}
    style={colours}
    data-tip={expanded === undefined ? label : undefined}
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
