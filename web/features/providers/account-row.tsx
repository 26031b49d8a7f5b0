import { Button, Group, Text } from '@mantine/core'
import { useState } from 'react'
import type { Health } from '#schema/providers/events.ts'
import { useWorkspaceStore } from '#web/livestore/store-views.tsx'
import { askAccount, takeOutAccount } from '#web/services/models/account-setup.ts'
import type { AccountStanding } from '#web/services/models/accounts.ts'
import type { ModelList } from '#web/services/models/list-models.ts'
import { showRefusal, showUndo } from '#web/ui/undo.tsx'
import { AccountForm } from './account-form.tsx'
import { KeyField } from './key-field.tsx'
import { ModelRows } from './model-rows.tsx'
import classes from './providers.module.css'
import { TestResult } from './test-result.tsx'
import { UsageLine } from './usage-line.tsx'

interface AccountRowProps {
  readonly standing: AccountStanding
  /** The vault, of which nothing else tells. */
  readonly onKeyChanged: () => void
}

export const AccountRow = ({ standing, onKeyChanged }: AccountRowProps) => {
  const { account, hasKey, needsKey, isLocal, health, lastError } = standing
  const { name, baseUrl, models, viaProxy } = account
  const workspace = useWorkspaceStore()
  const [shown, setShown] = useState<'models' | 'form'>()
  const [test, setTest] = useState<'busy' | ModelList | Error>()
  const toggle = (what: typeof shown) => setShown(shown === what ? undefined : what)
  const runTest = async () => {
    setTest('busy')
    setTest(await askAccount(workspace, account))
  }
  const remove = async () => {
    const undo = await takeOutAccount(workspace, account)
    if (undo instanceof Error) return void showRefusal(undo)
    showUndo(`${name} removed, and its key with it`, () => void undo().then(showRefusal).then(onKeyChanged))
  }
  return (
    <li className={classes.row} aria-label={name}>
      <div className={classes.who}>
        <Group gap="sm" wrap="nowrap">
          <Text size="sm" fw={600} truncate>
            {name}
          </Text>
          <HealthMark health={health} />
        </Group>
        <Text size="sm" c="dimmed" truncate>
          {account.kind === 'browser' ? 'In this browser' : baseUrl}
          {viaProxy && ' · by way of our server'}
          {isLocal && ' · stays with you'}
        </Text>
        <UsageLine account={account} />
      </div>
      <Group gap="sm" className={classes.acts ?? ''}>
        <Button
          size="compact-sm"
          variant="default"
          loading={test === 'busy'}
          aria-label={`Test ${name}`}
          onClick={() => void runTest()}
        >
          Test
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          aria-expanded={shown === 'models'}
          aria-label={`Models of ${name}`}
          onClick={() => toggle('models')}
        >
          {models.length === 1 ? '1 model' : `${models.length.toLocaleString()} models`}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          aria-expanded={shown === 'form'}
          aria-label={`Edit ${name}`}
          onClick={() => toggle('form')}
        >
          Edit
        </Button>
        <Button size="compact-sm" variant="default" aria-label={`Remove ${name}`} onClick={() => void remove()}>
          Remove
        </Button>
      </Group>
      {test !== undefined ? (
        <div className={classes.wide}>
          <TestResult test={test} />
        </div>
      ) : (
        lastError !== undefined && (
          <Text size="sm" c="var(--mantine-color-error)" className={classes.wide ?? ''}>
            {lastError}
          </Text>
        )
      )}
      {needsKey && !hasKey && shown !== 'form' && <KeyField account={account} onKept={onKeyChanged} />}
      {shown === 'models' && <ModelRows account={account} />}
      {shown === 'form' && (
        <div className={classes.wide}>
          <AccountForm
            account={account}
            hasKey={hasKey}
            onDone={() => {
              setShown(undefined)
              setTest(undefined)
              onKeyChanged()
            }}
          />
        </div>
      )}
    </li>
  )
}

const HealthMark = ({ health }: { readonly health: Health }) => (
  <span className={classes.health} data-health={health}>
    {healthNames[health]}
  </span>
)

const healthNames: Readonly<Record<Health, string>> = {
  unknown: 'Not asked yet',
  healthy: 'Healthy',
  degraded: 'Degraded',
  down: 'Down',
}
