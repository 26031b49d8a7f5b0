import { Badge } from '@mantine/core'
import type { HealthState } from '#schema/health/wire.ts'

const looks = {
  healthy: { color: 'teal', says: 'healthy' },
  degraded: { color: 'yellow', says: 'degraded' },
  down: { color: 'red', says: 'down' },
  unknown: { color: 'gray', says: 'unchecked' },
} as const

export const StateBadge = ({ state }: { readonly state: HealthState }) => (
  <Badge size="sm" variant="dot" color={looks[state].color} tt="none" fw={400} miw="max-content">
    {looks[state].says}
  </Badge>
)
