import { Button, Group, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { afterPaint } from './after-paint.ts'
import { newUndoable } from './undo-stack.ts'

/** Says what was done and offers to take it back: ten seconds in a toast, and with Ctrl+Z after that. */
export const showUndo = (message: string, undo: () => void) => {
  let hide = () => {}
  const undoOnce = newUndoable(() => {
    hide()
    undo()
  })
  // What was done is seen first.
  hide = afterPaint(() => {
    const id = notifications.show({
      message: (
        <Group justify="space-between" wrap="nowrap">
          <Text size="sm">{message}</Text>
          <Button size="compact-sm" variant="subtle" flex="none" onClick={undoOnce}>
            Undo
          </Button>
        </Group>
      ),
      autoClose: 10_000,
      withBorder: true,
      closeButtonProps,
    })
    hide = () => notifications.hide(id)
  })
}

export const showDone = (message: string) => {
  notifications.show({ message, autoClose: 4000, withBorder: true, closeButtonProps })
}

/** Shows a refusal or a failure. Returns whether there was one, so that a caller can stop. */
export const showRefusal = (refusal: Error | undefined): refusal is Error => {
  if (refusal === undefined) return false
  showProblem(refusal.message)
  return true
}

export const showProblem = (message: string) => {
  notifications.show({ message, color: 'red', autoClose: 8000, withBorder: true, closeButtonProps, role: 'alert' })
}

const closeButtonProps = { 'aria-label': 'Dismiss' }
