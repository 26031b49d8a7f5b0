import { Stack, Text } from '@mantine/core'
import { useEffect } from 'react'
import { ProgressView } from '#web/ui/progress-view.tsx'
import type { Preparation } from './preparations.ts'
import { turns } from './turns.ts'

interface PreparationViewProps extends Preparation {
  readonly storeId: string
}

export const PreparationView = ({ storeId, due, done, of, isWaiting, stop }: PreparationViewProps) => {
  useEffect(() => turns.goFirst(storeId), [storeId])
  const { title, without } = wordings[due]
  const part = of === 0 ? 'Looking how much there is …' : `${numberOf(done)} of ${numberOf(of)} events`
  const count = isWaiting ? `Waits until what was opened after it is here: ${part}` : part
  return (
    <Stack p="md" maw={620} gap="xs">
      <ProgressView
        title={title}
        count={count}
        part={of === 0 ? 0 : done / of}
        stop={{ label: 'Do not wait', onClick: stop }}
      />
      <Text size="sm" c="dimmed">
        {without}
      </Text>
    </Stack>
  )
}

const wordings = {
  hydrate: {
    title: 'Fetching its log',
    without:
      'What comes is verified on this device, which happens once. Without waiting, this opens now and fills little by little.',
  },
  remakeState: {
    title: 'Making its state anew',
    without:
      'Nothing is lost, and nothing is fetched: its log is here. Without waiting, the same is done in a slower way.',
  },
}

const numberOf = (count: number) => count.toLocaleString('en-US')
