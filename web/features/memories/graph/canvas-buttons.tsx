import { ActionIcon, Tooltip } from '@mantine/core'
import { Maximize, Minus, Plus } from 'lucide-react'
import classes from './network-canvas.module.css'

interface CanvasButtonsProps {
  readonly onCloser: () => void
  readonly onFarther: () => void
  readonly onFit: () => void
}

export const CanvasButtons = ({ onCloser, onFarther, onFit }: CanvasButtonsProps) => (
  <ActionIcon.Group orientation="vertical" className={classes.buttons}>
    {[
      { label: 'Zoom in (+)', icon: Plus, onClick: onCloser },
      { label: 'Zoom out (−)', icon: Minus, onClick: onFarther },
      { label: 'Show all (0)', icon: Maximize, onClick: onFit },
    ].map(({ label, icon: Icon, onClick }) => (
      <Tooltip key={label} label={label} position="left" openDelay={300}>
        <ActionIcon variant="default" size={32} aria-label={label} onClick={onClick}>
          <Icon size={16} aria-hidden />
        </ActionIcon>
      </Tooltip>
    ))}
  </ActionIcon.Group>
)
