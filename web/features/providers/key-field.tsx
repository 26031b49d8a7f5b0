import { Button, Group, PasswordInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { ProviderAccount } from '#schema/providers/queries.ts'
import { useWorkspaceStore } from '#web/livestore/store-views.tsx'
import { askAccount } from '#web/services/models/account-setup.ts'
import { keepKey } from '#web/services/models/vault.ts'
import { showDone } from '#web/ui/undo.tsx'
import classes from './providers.module.css'

interface KeyFieldProps {
  readonly account: ProviderAccount
  readonly onKept: () => void
}

/** Each device has keys of its own: an account that came from another one has none here yet. */
export const KeyField = ({ account, onKept }: KeyFieldProps) => {
  const workspace = useWorkspaceStore()
  const [key, setKey] = useState('')
  const keep = async (event: FormEvent) => {
    event.preventDefault()
    await keepKey(account.accountId, key)
    showDone(`The key of ${account.name} is kept on this device`)
    onKept()
    void askAccount(workspace, account)
  }
  return (
    <form onSubmit={(event) => void keep(event)} className={classes.wide}>
      <Group gap="sm" align="end">
        <PasswordInput
          flex="1 1 240px"
          label={`Key of ${account.name}`}
          description="There is no key of this account on this device."
          autoComplete="off"
          value={key}
          onChange={({ currentTarget }) => setKey(currentTarget.value)}
        />
        <Button type="submit" variant="default" disabled={key.trim() === ''}>
          Keep it here
        </Button>
      </Group>
    </form>
  )
}
