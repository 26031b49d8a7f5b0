import { Alert, Text } from '@mantine/core'
import { useState } from 'react'
import type { NameOf } from '#web/features/shards/use-store-names.ts'
import { useTold } from '#web/services/cells/watch.ts'
import { alertsWatch } from '#web/services/cells/watches.ts'
import { counted } from '#web/ui/charts/numbers.ts'
import { RelativeTime } from '#web/ui/times.tsx'

/** What is wrong now; what was wrong before, on demand. */
export const AlertList = ({ nameOf }: { readonly nameOf: NameOf }) => {
  const { value } = useTold(alertsWatch)
  const [isOpen, setOpen] = useState(false)
  if (value === undefined) return null
  const { open, past } = value
  return (
    <div>
      {open.map(({ alertId, subject, what, since }) => (
        <Alert key={alertId} color="red" variant="light" mb="sm" title={nameOf(subject)}>
          {what} Since <RelativeTime at={new Date(since)} />.
        </Alert>
      ))}
      <Text size="sm" c="dimmed" component="div">
        {open.length === 0 && 'No alert is open.'}{' '}
        {past.length > 0 && (
          <details open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
            <summary>{counted(past.length, 'alert')} before</summary>
            {isOpen &&
              past.map(({ alertId, subject, what, since, endedAt }) => (
                <Text key={alertId} size="xs" mt={4}>
                  {nameOf(subject)}: {what} Began <RelativeTime at={new Date(since)} />, ended{' '}
                  <RelativeTime at={new Date(endedAt)} />.
                </Text>
              ))}
          </details>
        )}
      </Text>
    </div>
  )
}
