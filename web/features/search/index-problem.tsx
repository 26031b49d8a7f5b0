import { Alert, Button } from '@mantine/core'
import { useState } from 'react'

interface IndexProblemProps {
  readonly reason: string | null
  readonly onRebuild: () => Promise<void>
}

/** Why search is not whole, and the button that makes the index anew, out of what is kept elsewhere. */
export const IndexProblem = ({ reason, onRebuild }: IndexProblemProps) => {
  const [isBusy, setBusy] = useState(false)
  if (reason === null) return null
  const rebuild = async () => {
    setBusy(true)
    await onRebuild().catch(console.error)
    setBusy(false)
  }
  return (
    <Alert color="orange" title="Search is not whole" mb="sm">
      {reason}
      <div>
        <Button size="compact-sm" variant="default" mt="xs" loading={isBusy} onClick={() => void rebuild()}>
          Make the index anew
        </Button>
      </div>
    </Alert>
  )
}
