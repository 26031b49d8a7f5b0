import { Anchor, Badge, Button, Group, Text, TextInput } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { workspace$ } from '#schema/workspace/queries.ts'
import { invitationIn } from '#sealing/workspace-link.ts'
import { session } from '#web/livestore/session.ts'
import { useWorkspaceStore } from '#web/livestore/store-views.tsx'
import { enterWorkspace, knownWorkspaces } from '#web/services/workspaces.ts'
import classes from './settings.module.css'

/** The workspaces this device can return to, and the door to one more. */
export const JoinSetting = () => {
  const navigate = useNavigate()
  const name = useWorkspaceStore().useQuery(workspace$)?.name
  const [link, setLink] = useState('')
  const [error, setError] = useState<string>()
  const join = (event: FormEvent) => {
    event.preventDefault()
    if (invitationIn(link) === undefined)
      return setError('This is no link to a workspace, or not all of it. Copy it again on the other device.')
    return void navigate({ to: '/join', hash: link.trim().split('#').at(-1) ?? '' })
  }
  return (
    <>
      <ul className={classes.rows}>
        {knownWorkspaces().map((workspace) => {
          const isPresent = workspace.workspaceId === session.workspaceId
          return (
            <li key={workspace.workspaceId} className={classes.row}>
              <Text size="sm" truncate className={classes.grow}>
                {isPresent ? (name ?? workspace.name) : workspace.name}
              </Text>
              {isPresent ? (
                <Badge variant="default" tt="none" fw={400}>
                  Open now
                </Badge>
              ) : (
                <Button size="compact-sm" variant="default" onClick={() => enterWorkspace(workspace.workspaceId)}>
                  Open
                </Button>
              )}
            </li>
          )
        })}
      </ul>
      <form onSubmit={join} noValidate>
        <Group gap="sm" align="end" mt="sm">
          <TextInput
            flex="1 1 280px"
            label="Join by a link"
            placeholder="Paste the link from the other device"
            value={link}
            onChange={({ currentTarget }) => {
              setLink(currentTarget.value)
              setError(undefined)
            }}
            error={error}
            autoComplete="off"
          />
          <Button type="submit" variant="default" disabled={link.trim() === ''}>
            Join
          </Button>
        </Group>
      </form>
      <Text size="sm" c="dimmed" mt="sm">
        No other device at hand?{' '}
        <Anchor size="sm" underline="always" renderRoot={(props) => <Link {...props} to="/recover" />}>
          Use your recovery key
        </Anchor>
      </Text>
    </>
  )
}
