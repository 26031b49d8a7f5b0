import { Button, Group, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { attachEmail } from '#web/services/account.ts'
import { ProblemText } from '#web/ui/problem-text.tsx'
import { showDone } from '#web/ui/undo.tsx'

export const EmailForm = ({ onDone }: { readonly onDone: () => void }) => {
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [state, setState] = useState<'idle' | 'busy' | Error>('idle')
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setState('busy')
    const refusal = await attachEmail(email, password)
    if (refusal !== undefined) return setState(refusal)
    showDone(`You can sign in as ${email.trim()} now`)
    onDone()
  }
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="sm" pb="md">
        <Group gap="sm" align="start">
          <TextInput
            flex="1 1 200px"
            label="E-mail"
            type="email"
            autoComplete="username"
            autoFocus
            value={email}
            onChange={({ currentTarget }) => setEmail(currentTarget.value)}
          />
          <PasswordInput
            flex="1 1 200px"
            label="Password"
            description="At least 10 characters"
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            autoComplete="new-password"
            value={password}
            onChange={({ currentTarget }) => setPassword(currentTarget.value)}
          />
        </Group>
        <Text size="sm" c="dimmed">
          Nothing is ever sent to it: it is a name to sign in by. A password that is forgotten cannot be sent to you
          again.
        </Text>
        {state instanceof Error && <ProblemText>{state.message}</ProblemText>}
        <Group gap="sm">
          <Button type="submit" loading={state === 'busy'} disabled={email.trim() === '' || password === ''}>
            Add the e-mail
          </Button>
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
