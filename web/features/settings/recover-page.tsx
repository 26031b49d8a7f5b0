import { Button, Stack, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { RecoveryForm } from './recovery-form.tsx'
import classes from './settings.module.css'

/** Where twelve words bring everything back to a device that knows nothing. */
export const RecoverPage = () => (
  <div className={classes.join}>
    <Stack gap="md" maw={480} w="100%">
      <div>
        <Text fw={600} size="lg">
          Open your account by its recovery key
        </Text>
        <Text c="dimmed" size="sm">
          This device becomes one of yours, and everything that was synced arrives. What is here now comes along.
        </Text>
      </div>
      <RecoveryForm
        beside={
          <Button variant="default" renderRoot={(props) => <Link {...props} to="/" />}>
            Go home
          </Button>
        }
      />
    </Stack>
  </div>
)
