import { Button, Group, Progress, Stack, Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import { showDone, showRefusal } from '#web/ui/undo.tsx'

interface StorageState {
  /** Bytes. */
  readonly used: number
  readonly quota: number
  readonly persisted: boolean
}

export const StorageSetting = () => {
  const [state, setState] = useState<StorageState>()
  useEffect(() => {
    void readStorage().then(setState)
  }, [])
  if (state === undefined) return null
  const persist = async () => {
    if (await navigator.storage.persist()) showDone('The browser keeps the data until you remove it')
    else showRefusal(new Error('The browser did not agree yet. It does once you install the app or use it often.'))
    setState(await readStorage())
  }
  return (
    <Stack gap="sm">
      <Text size="sm">
        {humane(state.used)} used of {humane(state.quota)} that this browser allows
      </Text>
      <Progress value={(state.used / Math.max(state.quota, 1)) * 100} aria-label="Storage used" />
      <Group gap="sm">
        <Text size="sm" c="dimmed" flex={1} miw={200}>
          {state.persisted
            ? 'The browser keeps the data until you remove it.'
            : 'When the disk runs full, the browser may remove the data. What was synced comes back; what was not is lost.'}
        </Text>
        {!state.persisted && (
          <Button variant="default" onClick={() => void persist()}>
            Keep it for good
          </Button>
        )}
      </Group>
    </Stack>
  )
}

const readStorage = async (): Promise<StorageState> => {
  const [{ usage = 0, quota = 0 }, persisted] = await Promise.all([
    navigator.storage.estimate(),
    navigator.storage.persisted(),
  ])
  return { used: usage, quota, persisted }
}

const humane = (bytes: number): string => {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const
  const power = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), units.length - 1)
  return new Intl.NumberFormat(undefined, {
    style: 'unit',
    unit: units[power] ?? 'byte',
    unitDisplay: 'short',
    maximumFractionDigits: 1,
  }).format(bytes / 1000 ** power)
}
