import { Anchor, Button, Divider, Group, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Fingerprint } from 'lucide-react'
import { type FormEvent, useEffect, useState } from 'react'
import { thisAccount } from '#web/services/account.ts'
import { comeBackByEmail, comeBackByPasskey } from '#web/services/come-back.ts'
import { ProblemText } from '#web/ui/problem-text.tsx'
import { JoinForm } from './join-form.tsx'
import { RecoveryForm } from './recovery-form.tsx'
import classes from './settings.module.css'

/** The way back to an account that has a name, in one step or two: `?next=keys` is the second. */
export const SignInPage = () => {
  const { next } = useSearch({ strict: false }) as { readonly next?: string } // what every route takes
  return (
    <div className={classes.join}>
      <Stack gap="lg" maw={480} w="100%">
        {next === 'keys' ? <BringKeys /> : <SignIn />}
      </Stack>
    </div>
  )
}

const SignIn = () => {
  const navigate = useNavigate()
  const left = useAccountToLeave()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [busy, setBusy] = useState<'email' | 'passkey'>()
  const [problem, setProblem] = useState<Error>()
  const enter = async (way: 'email' | 'passkey') => {
    setBusy(way)
    setProblem(undefined)
    const outcome = await (way === 'email' ? comeBackByEmail(email, password) : comeBackByPasskey())
    if (outcome === undefined) return // it ends in another page
    setBusy(undefined)
    if (outcome === 'locked') void navigate({ to: '/sign-in', search: { next: 'keys' }, replace: true })
    else setProblem(outcome)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void enter('email')
  }
  return (
    <>
      <div>
        <Text component="h2" fw={600} size="lg" m={0}>
          Sign in to your account
        </Text>
        <Text c="dimmed" size="sm">
          {left === undefined
            ? 'This device becomes one of yours. What is here now comes along.'
            : `This device is signed in ${left}. It leaves that account, which keeps what it has.`}
        </Text>
      </div>
      {problem !== undefined && <ProblemText>{problem.message}</ProblemText>}
      <Button
        leftSection={<Fingerprint size={16} aria-hidden />}
        loading={busy === 'passkey'}
        disabled={busy === 'email'}
        onClick={() => void enter('passkey')}
      >
        Use a passkey
      </Button>
      <Divider label="or" />
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <TextInput
            label="E-mail"
            type="email"
            autoComplete="username"
            value={email}
            onChange={({ currentTarget }) => setEmail(currentTarget.value)}
          />
          <PasswordInput
            label="Password"
            autoComplete="current-password"
            value={password}
            onChange={({ currentTarget }) => setPassword(currentTarget.value)}
          />
          <Group gap="sm">
            <Button
              type="submit"
              variant="default"
              loading={busy === 'email'}
              disabled={email.trim() === '' || password === '' || busy === 'passkey'}
            >
              Sign in
            </Button>
          </Group>
        </Stack>
      </form>
      <Divider label="or, without either" />
      <JoinForm label="Link from another device of yours" />
      <Text size="sm" c="dimmed">
        No other device at hand?{' '}
        <Anchor size="sm" underline="always" renderRoot={(props) => <Link {...props} to="/recover" />}>
          Use your recovery key
        </Anchor>
      </Text>
    </>
  )
}

/** By what this device is signed in already, if its account has a name. */
const useAccountToLeave = () => {
  const [left, setLeft] = useState<string>()
  useEffect(() => {
    void thisAccount().then((account) => {
      if (account instanceof Error) return
      if (account.email !== null) setLeft(`as ${account.email}`)
      else if (account.passkeys.length > 0) setLeft('by a passkey')
    })
  }, [])
  return left
}

/** Signed in, and nothing can be read yet: which is said, and led on from. */
const BringKeys = () => (
  <>
    <div>
      <Text component="h2" fw={600} size="lg" m={0}>
        You are signed in. Now bring your keys.
      </Text>
      <Text c="dimmed" size="sm">
        The server let you in, but what is yours is encrypted, and it has no key to it. Your other devices have, and so
        has whoever kept your recovery key. Either of the two opens everything here.
      </Text>
    </div>
    <section aria-label="From another device">
      <JoinForm label="Link from another device" />
      <Text size="sm" c="dimmed" mt="xs">
        There, go to Settings, Open on another device, and copy the link.
      </Text>
    </section>
    <Divider label="or" />
    <section aria-label="By the recovery key">
      <RecoveryForm />
    </section>
    <Text size="sm" c="dimmed">
      Neither at hand?{' '}
      <Anchor size="sm" underline="always" renderRoot={(props) => <Link {...props} to="/" />}>
        Go on without
      </Anchor>{' '}
      and come back to this later from Settings.
    </Text>
  </>
)
