import { Button } from '@mantine/core'
import { EmptyState } from '#web/ui/empty-state.tsx'

export const NoWebGl = ({ onBack }: { readonly onBack: () => void }) => (
  <EmptyState
    title="This browser cannot draw it"
    text="It has no WebGL, or was told not to use it. Your memories are all in the list, with the same filters."
    action={<Button onClick={onBack}>Back to the list</Button>}
  />
)
