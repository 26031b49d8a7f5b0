import { Button, Group, PasswordInput, Select, Stack, Switch, Text, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { baseUrlFrom } from '#schema/providers/base-url.ts'
import { type AccountDraft, BaseUrlIllegal } from '#schema/providers/commands.ts'
import type { ProviderAccount } from '#schema/providers/queries.ts'
import { useWorkspaceStore } from '#web/livestore/store-views.tsx'
import { askAccount, changeAccount, setUpAccount, tryTarget } from '#web/services/models/account-setup.ts'
import type { ModelList } from '#web/services/models/list-models.ts'
import type { ModelFailure } from '#web/services/models/model-call.ts'
import { keyOf } from '#web/services/models/vault.ts'
import { showDone } from '#web/ui/undo.tsx'
import { LimitFields } from './limit-fields.tsx'
import { otherPreset, type Preset, presets } from './presets.ts'
import classes from './providers.module.css'
import { TestResult } from './test-result.tsx'

interface AccountFormProps {
  /** To be changed; a new one otherwise. */
  readonly account?: ProviderAccount
  readonly preset?: Preset
  readonly hasKey: boolean
  readonly onDone: () => void
}

export const AccountForm = ({ account, preset = presets[0] ?? otherPreset, hasKey, onDone }: AccountFormProps) => {
  const workspace = useWorkspaceStore()
  const [draft, setDraft] = useState<AccountDraft>(
    account ?? { kind: preset.kind, name: preset.name, baseUrl: preset.baseUrl, viaProxy: false, limits: {} },
  )
  const [key, setKey] = useState('')
  const [test, setTest] = useState<'busy' | ModelList | ModelFailure | Error>()
  const [refusal, setRefusal] = useState<Error>()
  const change = (to: Partial<AccountDraft>) => {
    setDraft({ ...draft, ...to })
    setTest(undefined)
    setRefusal(undefined)
  }

  const runTest = async () => {
    const baseUrl = baseUrlFrom(draft.baseUrl)
    if (baseUrl === undefined && draft.kind !== 'browser') return setTest(new BaseUrlIllegal())
    setTest('busy')
    const known = account === undefined ? undefined : await keyOf(account.accountId)
    const target = { kind: draft.kind, baseUrl: baseUrl ?? '', viaProxy: draft.viaProxy, models: [] }
    setTest(await tryTarget(target, key.trim() || known))
  }
  const save = async (event: FormEvent) => {
    event.preventDefault()
    const saved =
      account === undefined
        ? await setUpAccount(workspace, draft, key)
        : await changeAccount(workspace, account, draft, key)
    if (saved instanceof Error) return setRefusal(saved)
    showDone(account === undefined ? `${saved.name} is added` : `${saved.name} is changed`)
    onDone()
    void askAccount(workspace, saved)
  }

  return (
    <form onSubmit={(event) => void save(event)} noValidate className={classes.form}>
      <Stack gap="md">
        <div className={classes.fields}>
          {account === undefined && draft.kind !== 'browser' && (
            <Select
              label="Provider"
              data={[...presets, otherPreset].map(({ name }) => name)}
              defaultValue={preset.name}
              allowDeselect={false}
              comboboxProps={{ withinPortal: false }}
              onChange={(name) => {
                const { kind, baseUrl } = presets.find((preset) => preset.name === name) ?? otherPreset
                change({ kind, baseUrl, name: name ?? '' })
              }}
            />
          )}
          <TextInput
            label="Name"
            value={draft.name}
            autoComplete="off"
            onChange={({ currentTarget }) => change({ name: currentTarget.value })}
          />
        </div>
        {draft.kind !== 'browser' && (
          <>
            <TextInput
              label="Address"
              description="Where its API begins."
              placeholder="http://localhost:11434/v1"
              type="url"
              autoComplete="off"
              spellCheck={false}
              value={draft.baseUrl}
              onChange={({ currentTarget }) => change({ baseUrl: currentTarget.value })}
            />
            <PasswordInput
              label="Key"
              description={
                hasKey
                  ? 'One is kept on this device. What you write here takes its place.'
                  : 'Kept sealed on this device alone. Local servers mostly need none.'
              }
              autoComplete="off"
              value={key}
              onChange={({ currentTarget }) => {
                setKey(currentTarget.value)
                setTest(undefined)
              }}
            />
            <Switch
              label="By way of our server"
              description="For providers that answer no browser. The server passes key and words on, sees them in passing, and keeps nothing."
              checked={draft.viaProxy}
              onChange={({ currentTarget }) => change({ viaProxy: currentTarget.checked })}
            />
            <LimitFields limits={draft.limits} onChange={(limits) => change({ limits })} />
          </>
        )}
        {refusal !== undefined && (
          <Text size="sm" c="var(--mantine-color-error)" role="alert">
            {refusal.message}
          </Text>
        )}
        <TestResult test={test} />
        <Group gap="sm">
          <Button type="submit">{account === undefined ? 'Add account' : 'Save'}</Button>
          <Button variant="default" loading={test === 'busy'} onClick={() => void runTest()}>
            Test
          </Button>
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
