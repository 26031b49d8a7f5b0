import { ActionIcon, Group, Text } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { ArrowLeft, X } from 'lucide-react'
import type { ReactNode } from 'react'
import classes from './detail-pane.module.css'

interface DetailPaneProps {
  readonly title: string
  readonly actions?: ReactNode
  readonly onClose: () => void
  readonly children: ReactNode
}

/** The frame of what is open beside the list: on a phone one goes back, beside the list one closes. */
export const DetailPane = ({ title, actions, onClose, children }: DetailPaneProps) => {
  const isPhone = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false })
  return (
    <>
      <Group className={classes.header} gap="sm" wrap="nowrap">
        {isPhone && (
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label="Back to the list" onClick={onClose}>
            <ArrowLeft size={18} />
          </ActionIcon>
        )}
        <Text component="h2" size="sm" fw={600} flex={1} truncate>
          {title}
        </Text>
        {actions}
        {!isPhone && (
          <ActionIcon variant="subtle" color="gray" aria-label="Close" onClick={onClose}>
            <X size={16} />
          </ActionIcon>
        )}
      </Group>
      <div className={classes.body}>{children}</div>
    </>
  )
}
