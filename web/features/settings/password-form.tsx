import { Button, Group, PasswordInput, Stack } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { changePassword } from '#web/services/account.ts'
import { ProblemText } from '#web/ui/problem-text.tsx'
import { showDone } from '#web/ui/undo.tsx'

interface PasswordFormProps {
  readonly email: string
  readonly onDone: () => void
}

export const PasswordForm = ({ email, onDone }: PasswordFormProps) => {
  const [present, setPresent] = useState('')
  const [next, setNext] = useState('')
  const [state, setState] = useState<'idle' | 'busy' | Error>('idle')
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setState('busy')
    const refusal = await changePassword(present, next)
    if (refusal !== undefined) return setState(refusal)
    showDone('The password is changed. Devices that are signed in stay so.')
    onDone()
  }
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      {/* So that a password manager knows whose password it keeps. */}
      <input type="hidden" autoComplete="username" name="email" value={email} />
      <Stack gap="sm" pb="md">
        <Group gap="sm" align="start">
          <PasswordInput
            flex="1 1 200px"
            label="Present password"
            autoFocus
            autoComplete="current-password"
            value={present}
            onChange={({ currentTarget }) => setPresent(currentTarget.value)}
          />
          <PasswordInput
            flex="1 1 200px"
            label="New password"
            description="At least 10 characters"
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            autoComplete="new-password"
            value={next}
            onChange={({ currentTarget }) => setNext(currentTarget.value)}
          />
        </Group>
        {state instanceof Error && <ProblemText>{state.message}</ProblemText>}
        <Group gap="sm">
          <Button type="submit" loading={state === 'busy'} disabled={present === '' || next === ''}>
            Change the password
          </Button>
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
