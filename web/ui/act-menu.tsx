import { Menu, type MenuProps } from '@mantine/core'
import { type ReactNode, useId, useRef, useState } from 'react'
import { Act } from './act.tsx'
import classes from './act-menu.module.css'

interface ActMenuProps {
  readonly label: string
  readonly icon: ReactNode
  readonly position: NonNullable<MenuProps['position']>
  /** What is in the menu, made when it is opened. */
  readonly items: () => ReactNode
}

/** An act that opens a menu. Until it does there is no more than the button. */
export const ActMenu = ({ label, icon, position, items }: ActMenuProps) => {
  const [isOpen, setOpen] = useState<boolean>()
  // A press outside closes the menu, and the button is outside: the click that follows is not to open it again.
  const wasOpen = useRef(false)
  const id = useId()
  const button = useRef<HTMLButtonElement>(null)
  const change = (isOpen: boolean) => {
    setOpen(isOpen)
    if (!isOpen) button.current?.focus()
  }
  return (
    <span
      className={classes.place}
      onPointerDownCapture={() => {
        wasOpen.current = isOpen === true
      }}
    >
      <Act
        id={id}
        ref={button}
        label={label}
        icon={icon}
        expanded={isOpen === true}
        onClick={() => {
          setOpen(!wasOpen.current)
          wasOpen.current = false
        }}
      />
      {isOpen !== undefined && (
        <Menu opened={isOpen} onChange={change} returnFocus={false} position={position} withinPortal>
          <Menu.Target>
            <span className={classes.target} aria-hidden="true" />
          </Menu.Target>
          <Menu.Dropdown aria-labelledby={id}>{items()}</Menu.Dropdown>
        </Menu>
      )}
    </span>
  )
}
