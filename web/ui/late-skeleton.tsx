import { Skeleton, Stack } from '@mantine/core'
import { useLate } from './use-late.ts'

/** Nothing for a moment, then a sketch of a list. */
export const LateSkeleton = () => {
  if (!useLate()) return null
  return (
    <Stack p="md" gap="sm" role="status" aria-label="Opening">
      {[60, 85, 70, 90, 50].map((width) => (
        <Skeleton key={width} height={20} width={`${width}%`} />
      ))}
    </Stack>
  )
}
