import { Button, Group, Stack, Text } from '@mantine/core'
import { Link, useLocation } from '@tanstack/react-router'
import { useEffect, useMemo, useState } from 'react'
import { totals$, workspace$ } from '#schema/workspace/queries.ts'
import { type WorkspaceKey, workspaceKeyIn } from '#sealing/workspace-link.ts'
import { isHeld } from '#web/livestore/keyring.ts'
import { session } from '#web/livestore/session.ts'
import { useWorkspaceStore } from '#web/livestore/store-views.tsx'
import { joinWorkspace } from '#web/services/workspaces.ts'
import { EmptyState } from '#web/ui/empty-state.tsx'
import classes from './settings.module.css'

/** Where the link from another device leads. A workspace that holds something is only left when asked. */
export const JoinPage = () => {
  const store = useWorkspaceStore()
  const workspace = store.useQuery(workspace$)
  const { personas } = store.useQuery(totals$)
  const key = useKeyFromFragment()
  const isEmpty = personas === 0
  const isNew = key !== undefined && key.workspaceId !== session.workspaceId
  const isOther = useIsOther(isNew ? undefined : key)
  useEffect(() => {
    if (isNew && isEmpty) void joinWorkspace(key)
  }, [isNew, isEmpty, key])

  if (key === undefined)
    return (
      <EmptyState
        title="This link leads to no workspace"
        text="It is cut short or changed. Copy it again on the other device: Settings, Open on another device."
        action={<Button renderRoot={(props) => <Link {...props} to="/" />}>Go home</Button>}
      />
    )
  if (!isNew && isOther)
    return (
      <EmptyState
        title="This link opens the workspace with another secret"
        text="Use it if what other devices write does not open here. With the wrong one, nothing would arrive any more."
        action={
          <Group gap="sm" justify="center">
            <Button onClick={() => void joinWorkspace(key)}>Use the link’s secret</Button>
            <Button variant="default" renderRoot={(props) => <Link {...props} to="/" />}>
              Keep this one
            </Button>
          </Group>
        }
      />
    )
  if (!isNew)
    return (
      <EmptyState
        title="You are in this workspace already"
        text="What other devices write arrives here by itself."
        action={<Button renderRoot={(props) => <Link {...props} to="/" />}>Go home</Button>}
      />
    )
  if (isEmpty) return null
  return (
    <div className={classes.join}>
      <Stack gap="md" maw={480}>
        <Text fw={600} size="lg">
          Open the other workspace here?
        </Text>
        <Text>
          This device shows <strong>{workspace?.name ?? 'a workspace'}</strong> with {personas.toLocaleString()}{' '}
          {personas === 1 ? 'persona' : 'personas'}. It stays on this device as it is, and you can return to it in
          Settings. The two are not merged.
        </Text>
        <Group gap="sm">
          <Button onClick={() => void joinWorkspace(key)}>Open the other workspace</Button>
          <Button variant="default" renderRoot={(props) => <Link {...props} to="/" />}>
            Stay here
          </Button>
        </Group>
      </Stack>
    </div>
  )
}

/** It opens the workspace: read once, then taken out of the address, so that it stays in no history and on no screen. */
const useKeyFromFragment = (): WorkspaceKey | undefined => {
  const hash = useLocation({ select: (location) => location.hash })
  const [seen, setSeen] = useState(hash)
  if (hash !== '' && hash !== seen) setSeen(hash)
  useEffect(() => {
    if (hash === '') return
    history.replaceState(history.state, '', location.pathname)
  }, [hash])
  return useMemo(() => workspaceKeyIn(seen), [seen])
}

/** Whether the link of the workspace one is in holds another secret than this device. */
const useIsOther = (key: WorkspaceKey | undefined) => {
  const [other, setOther] = useState<WorkspaceKey>()
  useEffect(() => {
    if (key !== undefined) void isHeld(key).then((held) => setOther(held ? undefined : key))
  }, [key])
  return key !== undefined && other === key
}
