import { Button, Group, Text } from '@mantine/core'
import { Fingerprint } from 'lucide-react'
import { useState } from 'react'
import { type Passkey, removePasskey } from '#web/services/account.ts'
import { addPasskey } from '#web/services/passkeys.ts'
import { SureButtons } from '#web/ui/sure-buttons.tsx'
import { RelativeTime } from '#web/ui/times.tsx'
import { showDone, showRefusal } from '#web/ui/undo.tsx'
import classes from './settings.module.css'

interface PasskeyRowsProps {
  readonly passkeys: readonly Passkey[]
  /** Whether the account has no other way back. */
  readonly isLastWay: boolean
  readonly onChanged: () => void
}

export const PasskeyRows = ({ passkeys, isLastWay, onChanged }: PasskeyRowsProps) => {
  const [isBusy, setBusy] = useState(false)
  const add = async () => {
    setBusy(true)
    const refusal = await addPasskey()
    setBusy(false)
    if (!showRefusal(refusal)) showDone('The passkey is added')
    onChanged()
  }
  return (
    <>
      {passkeys.map((passkey) => (
        <PasskeyRow
          key={passkey.id}
          passkey={passkey}
          isLastWay={isLastWay && passkeys.length === 1}
          onRemoved={onChanged}
        />
      ))}
      <li className={classes.row}>
        <Fingerprint size={16} aria-hidden />
        <Text size="sm" c="dimmed" className={classes.grow}>
          {passkeys.length === 0 ? 'No passkey' : 'One for each device, or one that your devices share'}
        </Text>
        <Button size="compact-sm" variant="default" loading={isBusy} onClick={() => void add()}>
          Add a passkey
        </Button>
      </li>
    </>
  )
}

interface PasskeyRowProps {
  readonly passkey: Passkey
  readonly isLastWay: boolean
  readonly onRemoved: () => void
}

const PasskeyRow = ({ passkey: { id, name, madeAt, keyring }, isLastWay, onRemoved }: PasskeyRowProps) => {
  const [isAsked, setAsked] = useState(false)
  const called = name ?? 'Passkey'
  const remove = async () => {
    if (!showRefusal(await removePasskey(id))) showDone(`The passkey ${called} is removed`)
    onRemoved()
  }
  return (
    <li>
      <div className={classes.row}>
        <Fingerprint size={16} aria-hidden />
        <Text size="sm" truncate className={classes.grow}>
          {called}
          <Text span inherit c="dimmed">
            {keyring === null ? ', lets you in' : ', opens everything'}
          </Text>
        </Text>
        {isAsked ? (
          <SureButtons action="Remove it" onDo={remove} onKeep={() => setAsked(false)} />
        ) : (
          <Group gap="sm" wrap="nowrap">
            <Text size="sm" c="dimmed">
              Made <RelativeTime at={madeAt} />
            </Text>
            <Button
              size="compact-sm"
              variant="default"
              aria-label={`Remove the passkey ${called}`}
              onClick={() => setAsked(true)}
            >
              Remove
            </Button>
          </Group>
        )}
      </div>
      {isAsked && isLastWay && (
        <Text size="sm" c="dimmed" pb="sm" role="status">
          It is the last way back: without it the account is anonymous again, and lives as long as one of its devices.
        </Text>
      )}
    </li>
  )
}
