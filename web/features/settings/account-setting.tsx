import { Button, Loader, Stack, Text } from '@mantine/core'
import { Mail } from 'lucide-react'
import { useCallback, useEffect, useState } from 'react'
import { type Account, thisAccount } from '#web/services/account.ts'
import { ServerSilent } from '#web/ui/server-silent.tsx'
import { EmailForm } from './email-form.tsx'
import { PasskeyRows } from './passkey-rows.tsx'
import { PasswordForm } from './password-form.tsx'
import classes from './settings.module.css'

/** What the account is, by the server's word, and what makes it one that can be come back to. */
export const AccountSetting = () => {
  const [account, setAccount] = useState<Account | Error>()
  const load = useCallback(() => void thisAccount().then(setAccount), [])
  useEffect(load, [load])

  if (account === undefined) return <Loader size="sm" role="status" aria-label="Asking the server" />
  if (account instanceof Error) return <ServerSilent problem={account} onRetry={load} />
  return (
    <Stack gap="sm">
      <Text size="sm">{describe(account)}</Text>
      <ul className={classes.rows}>
        <EmailRow email={account.email} onChanged={load} />
        <PasskeyRows passkeys={account.passkeys} isLastWay={account.email === null} onChanged={load} />
      </ul>
    </Stack>
  )
}

const describe = ({ email, passkeys }: Account): string => {
  if (email === null && passkeys.length === 0)
    return 'Anonymous: it has no name, and lives as long as one of its devices. An e-mail or a passkey lets you come back.'
  if (passkeys.some(({ keyring }) => keyring !== null))
    return 'You can come back to it from any device, and one of your passkeys opens everything there by itself.'
  return 'You can come back to it from any device. What it holds opens there by a link from another device, or by your recovery key.'
}

interface EmailRowProps {
  readonly email: string | null
  readonly onChanged: () => void
}

const EmailRow = ({ email, onChanged }: EmailRowProps) => {
  const [isOpen, setOpen] = useState(false)
  const close = () => {
    setOpen(false)
    onChanged()
  }
  return (
    <li>
      <div className={classes.row}>
        <Mail size={16} aria-hidden />
        <Text size="sm" truncate className={classes.grow} {...(email === null ? { c: 'dimmed' } : {})}>
          {email ?? 'No e-mail'}
        </Text>
        {!isOpen && (
          <Button size="compact-sm" variant="default" onClick={() => setOpen(true)}>
            {email === null ? 'Add an e-mail' : 'Change the password'}
          </Button>
        )}
      </div>
      {isOpen && (email === null ? <EmailForm onDone={close} /> : <PasswordForm email={email} onDone={close} />)}
    </li>
  )
}
