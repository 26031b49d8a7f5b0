import { Button, Loader, Stack, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import classes from './welcome.module.css'

/** In the place of the welcome, where a workspace was joined that is not here yet. */
export const Arriving = () => (
  <div className={classes.page} role="status">
    <Stack align="center" gap="md" maw={400} ta="center">
      <Loader size="sm" aria-hidden />
      <Text fw={600} size="lg">
        Your workspace is on its way
      </Text>
      <Text c="dimmed">
        It comes from the server your other device syncs with. Keep that device online until it says that all is saved.
      </Text>
      <Button variant="default" renderRoot={(props) => <Link {...props} to="/settings" />}>
        Go back to another workspace
      </Button>
    </Stack>
  </div>
)
