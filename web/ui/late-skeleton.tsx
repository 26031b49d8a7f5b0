import { Skeleton, Stack } from '@mantine/core'
import { useEffect, useState } from 'react'

/** Nothing for 300 ms, so that what is quick does not flicker; then a sketch of a list. */
export const LateSkeleton = () => {
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 300)
    return () => clearTimeout(timer)
  }, [])
  if (!late) return null
  return (
    <Stack p="md" gap="sm" role="status" aria-label="Opening">
      {[60, 85, 70, 90, 50].map((width) => (
        <Skeleton key={width} height={20} width={`${width}%`} />
      ))}
    </Stack>
  )
}
