import { Button, Group, Stack, Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useWorkspaceStore } from '#web/livestore/store-views.tsx'
import { setUpAccount } from '#web/services/models/account-setup.ts'
import { probeFailed } from '#web/services/models/probing.ts'
import { showRefusal } from '#web/ui/undo.tsx'
import { AccountForm } from './account-form.tsx'
import { AccountRow } from './account-row.tsx'
import { FoundServers } from './found-servers.tsx'
import type { Preset } from './presets.ts'
import classes from './providers.module.css'
import { useBrowserModel } from './use-browser-model.ts'
import { useStandings } from './use-standings.ts'

/** The accounts with which personas answer by a model: what each does, and new ones. */
export const ModelsSetting = () => {
  const workspace = useWorkspaceStore()
  const { standings, readKeys } = useStandings()
  const hasBrowserModel = useBrowserModel()
  const [adding, setAdding] = useState<Preset | 'any'>()
  useEffect(probeFailed, [])
  if (standings === undefined) return null

  const addBrowserModel = async () => {
    const draft = { kind: 'browser', name: 'This browser', baseUrl: '', viaProxy: false, limits: {} } as const
    const added = await setUpAccount(workspace, draft, '')
    if (added instanceof Error) showRefusal(added)
  }
  return (
    <Stack gap="md">
      {standings.length === 0 ? (
        <Text size="sm" c="dimmed">
          Without an account, personas answer from memory: they quote what they know, and no word leaves this device.
        </Text>
      ) : (
        <ul className={classes.rows}>
          {standings.map((standing) => (
            <AccountRow key={standing.account.accountId} standing={standing} onKeyChanged={readKeys} />
          ))}
        </ul>
      )}
      <FoundServers accounts={standings.map(({ account }) => account)} onAdd={setAdding} />
      {adding !== undefined ? (
        <AccountForm
          key={adding === 'any' ? '' : adding.baseUrl}
          {...(adding === 'any' ? {} : { preset: adding })}
          hasKey={false}
          onDone={() => {
            setAdding(undefined)
            readKeys()
          }}
        />
      ) : (
        <Group gap="sm">
          <Button variant="default" onClick={() => setAdding('any')}>
            Add an account
          </Button>
          {hasBrowserModel && standings.every(({ account }) => account.kind !== 'browser') && (
            <Button variant="default" onClick={() => void addBrowserModel()}>
              Use the browser’s own model
            </Button>
          )}
        </Group>
      )}
    </Stack>
  )
}
