import { Button, Group, Modal, Stack } from '@mantine/core'
import { type ReactNode, useState } from 'react'

interface FinalDialogProps {
  readonly title: string
  readonly action: string
  readonly children: ReactNode
  readonly onDo: () => void | Promise<void>
  readonly onClose: () => void
}

/** Asks before what cannot be taken back. The way out has the focus. */
export const FinalDialog = ({ title, action, children, onDo, onClose }: FinalDialogProps) => {
  const [isBusy, setBusy] = useState(false)
  const run = async () => {
    setBusy(true)
    await onDo()
    onClose()
  }
  return (
    <Modal opened onClose={onClose} title={title} centered>
      <Stack gap="md">
        {children}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" data-autofocus onClick={onClose}>
            Keep it
          </Button>
          <Button color="red" loading={isBusy} onClick={() => void run()}>
            {action}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
