import { Alert, Text } from '@mantine/core'
import { CircleAlert, CircleCheck } from 'lucide-react'
import type { ModelList } from '#web/services/models/list-models.ts'

interface TestResultProps {
  readonly test: 'busy' | ModelList | Error | undefined
}

/** How many models answered and how fast, or exactly what is wrong. Read aloud when it comes. */
export const TestResult = ({ test }: TestResultProps) => (
  <div role="status">
    {test === 'busy' && (
      <Text size="sm" c="dimmed">
        Asking…
      </Text>
    )}
    {test instanceof Error && (
      <Alert color="red" icon={<CircleAlert size={16} aria-hidden />} p="sm">
        {test.message}
      </Alert>
    )}
    {test !== undefined && test !== 'busy' && !(test instanceof Error) && (
      <Alert color="teal" icon={<CircleCheck size={16} aria-hidden />} p="sm">
        {test.models.length === 1 ? 'One model' : `${test.models.length.toLocaleString()} models`} answered in{' '}
        {Math.max(1, Math.round(test.ms)).toLocaleString()} ms.
      </Alert>
    )}
  </div>
)
