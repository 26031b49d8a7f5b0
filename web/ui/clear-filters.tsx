import { Button } from '@mantine/core'

/** Drops all filters at once. */
export const ClearFilters = ({ onClear }: { readonly onClear: () => void }) => (
  <Button size="compact-sm" variant="subtle" color="gray" fw={400} flex="none" onClick={onClear}>
    Clear
  </Button>
)
