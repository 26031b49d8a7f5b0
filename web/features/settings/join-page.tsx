import { Button, Group, Loader, Stack, Text } from '@mantine/core'
import { Link, useLocation } from '@tanstack/react-router'
import { useEffect, useMemo, useRef, useState } from 'react'
import { totals$, workspace$ } from '#schema/workspace/queries.ts'
import { type Invitation, invitationIn } from '#sealing/workspace-link.ts'
import { session } from '#web/livestore/session.ts'
import { useWorkspaceStore } from '#web/livestore/store-views.tsx'
import { joinWorkspace } from '#web/services/account-workspaces.ts'
import { ServerAway } from '#web/services/server.ts'
import { EmptyState } from '#web/ui/empty-state.tsx'
import classes from './settings.module.css'

/** Where the link from another device leads. A workspace that holds something is only left when asked. */
export const JoinPage = () => {
  const store = useWorkspaceStore()
  const name = store.useQuery(workspace$)?.name
  const { personas } = store.useQuery(totals$)
  const invitation = useInvitation()
  const { join, isJoining, problem } = useJoin(invitation)
  const isNew = invitation !== undefined && invitation.workspaceId !== session.workspaceId
  const begun = useRef<Invitation>(undefined)
  useEffect(() => {
    if (!isNew || personas > 0 || begun.current === invitation) return
    begun.current = invitation
    join()
  }, [isNew, personas, invitation, join])

  if (invitation === undefined)
    return (
      <EmptyState
        title="This link leads to no workspace"
        text="It is cut short or changed. Copy it again on the other device: Settings, Open on another device."
        action={<GoHome />}
      />
    )
  if (problem !== undefined)
    return (
      <EmptyState
        title="The workspace was not opened"
        text={`${problem.message} A link works once, for ten minutes: on the other device, Settings shows a new one.`}
        action={
          <Group gap="sm" justify="center">
            <GoHome />
            {problem instanceof ServerAway && (
              <Button variant="default" onClick={join}>
                Try again
              </Button>
            )}
          </Group>
        }
      />
    )
  if (isJoining) return <EmptyState title="Opening the workspace" text="…" action={<Loader size="sm" />} />
  if (!isNew)
    return (
      <EmptyState
        title="You are in this workspace already"
        text="What other devices write arrives here by itself. Join again if this device was signed out, or if what others write does not open here."
        action={
          <Group gap="sm" justify="center">
            <GoHome />
            <Button variant="default" onClick={join}>
              Join again
            </Button>
          </Group>
        }
      />
    )
  if (personas === 0) return null
  return (
    <div className={classes.join}>
      <Stack gap="md" maw={480}>
        <Text fw={600} size="lg">
          Open the other workspace here?
        </Text>
        <Text>
          This device shows <strong>{name ?? 'a workspace'}</strong> with {personas.toLocaleString()}{' '}
          {personas === 1 ? 'persona' : 'personas'}. It stays on this device as it is, and you can return to it in
          Settings. The two are not merged.
        </Text>
        <Group gap="sm">
          <Button onClick={join}>Open the other workspace</Button>
          <Button variant="default" renderRoot={(props) => <Link {...props} to="/" />}>
            Stay here
          </Button>
        </Group>
      </Stack>
    </div>
  )
}

const GoHome = () => <Button renderRoot={(props) => <Link {...props} to="/" />}>Go home</Button>

/** Joining ends in another page, or in a problem. */
const useJoin = (invitation: Invitation | undefined) => {
  const [state, setState] = useState<'idle' | 'joining' | Error>('idle')
  const join = useMemo(
    () => () => {
      if (invitation === undefined) return
      setState('joining')
      joinWorkspace(invitation).then(
        (problem) => problem !== undefined && setState(problem),
        (error: unknown) => setState(error instanceof Error ? error : new Error(String(error))),
      )
    },
    [invitation],
  )
  return { join, isJoining: state === 'joining', problem: state instanceof Error ? state : undefined }
}

/** It opens the workspace: read once, then taken out of the address, so that it stays in no history and on no screen. */
const useInvitation = (): Invitation | undefined => {
  const hash = useLocation({ select: (location) => location.hash })
  const [seen, setSeen] = useState(hash)
  if (hash !== '' && hash !== seen) setSeen(hash)
  useEffect(() => {
    if (hash === '') return
    history.replaceState(history.state, '', location.pathname)
  }, [hash])
  return useMemo(() => invitationIn(seen), [seen])
}
