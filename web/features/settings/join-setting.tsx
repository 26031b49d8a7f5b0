import { Anchor, Badge, Box, Button, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { workspace$ } from '#schema/workspace/queries.ts'
import { session } from '#web/livestore/session.ts'
import { useWorkspaceStore } from '#web/livestore/store-views.tsx'
import { enterWorkspace, knownWorkspaces } from '#web/services/workspaces.ts'
import { JoinForm } from './join-form.tsx'
import classes from './settings.module.css'

/** The workspaces this device can return to, and the door to one more. */
export const JoinSetting = () => {
  const name = useWorkspaceStore().useQuery(workspace$)?.name
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
      <Box mt="sm">
        <JoinForm label="Join by a link" />
      </Box>
      <Text size="sm" c="dimmed" mt="sm">
        No other device at hand?{' '}
        <Anchor size="sm" underline="always" renderRoot={(props) => <Link {...props} to="/recover" />}>
          Use your recovery key
        </Anchor>
        {', or '}
        <Anchor size="sm" underline="always" renderRoot={(props) => <Link {...props} to="/sign-in" />}>
          sign in
        </Anchor>
      </Text>
    </>
  )
}
