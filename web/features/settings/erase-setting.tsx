import { Button, Group, Modal, Progress, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { EraseProgress } from '#web/services/erase-account.ts'
import { showRefusal } from '#web/ui/undo.tsx'

export const EraseSetting = () => {
  const [isAsked, setAsked] = useState(false)
  return (
    <>
      <Button variant="light" color="red" onClick={() => setAsked(true)}>
        Erase everything…
      </Button>
      {isAsked && <EraseDialog onClose={() => setAsked(false)} />}
    </>
  )
}

const word = 'erase'

const EraseDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const [typed, setTyped] = useState('')
  const [progress, setProgress] = useState<EraseProgress>()
  const run = async () => {
    setProgress({ done: 0, all: 1 })
    const { certificatesKey, eraseAccount } = await import('#web/services/erase-account.ts')
    const certificates = await eraseAccount(setProgress)
    if (certificates instanceof Error) {
      setProgress(undefined)
      showRefusal(certificates)
      return
    }
    sessionStorage.setItem(certificatesKey, JSON.stringify(certificates, null, 2))
    location.assign('/erased')
  }
  return (
    <Modal opened onClose={onClose} title="Erase everything?" centered closeOnEscape={progress === undefined}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (typed.trim().toLowerCase() === word) void run()
        }}
      >
        <Stack gap="md">
          <Text size="sm">
            The keys of all your personas are destroyed on the server, and this browser forgets them. Nobody can bring
            anything back, not even you. You are given the signed certificates as a file.
          </Text>
          {progress === undefined ? (
            <TextInput
              label={`Type “${word}” if you mean it`}
              data-autofocus
              value={typed}
              onChange={({ currentTarget }) => setTyped(currentTarget.value)}
            />
          ) : (
            <Progress value={(progress.done / progress.all) * 100} animated aria-label="Erasing" />
          )}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" disabled={progress !== undefined} onClick={onClose}>
              Keep everything
            </Button>
            <Button
              type="submit"
              color="red"
              loading={progress !== undefined}
              disabled={typed.trim().toLowerCase() !== word}
            >
              Erase everything
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
