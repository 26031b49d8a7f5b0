import { Button } from '@mantine/core'
import { EmptyState } from './empty-state.tsx'

/** In the place of what could not be fetched. */
export const Unfetched = () => (
  <EmptyState
    title="The rest of the page did not come"
    text="The server may be out of reach. What you have is safe on this device."
    action={<Button onClick={() => location.reload()}>Load it again</Button>}
  />
)
