import { Button, Group } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { forgetAudit, keptAudit } from '#web/services/audit/kept-audits.ts'
import { ServerAway, ServerRefused } from '#web/services/server.ts'
import { EmptyState } from '#web/ui/empty-state.tsx'

interface AuditEndedProps {
  readonly personaId: string
  readonly why: Error
  readonly onRetry: () => void
}

/** In the place of a log that may not be verified, or not now. */
export const AuditEnded = ({ personaId, why, onRetry }: AuditEndedProps) => {
  const isOver = why instanceof ServerRefused
  return (
    <EmptyState
      title={isOver ? 'This audit has ended' : 'This log cannot be verified now'}
      text={`${why.message} ${isOver ? 'Nothing more comes. What you exported stays yours.' : ''}`}
      action={
        <Group gap="sm" justify="center">
          {isOver && keptAudit(personaId) !== undefined ? (
            <Button onClick={() => forgetAudit(personaId)} renderRoot={(props) => <Link {...props} to="/" />}>
              Forget it on this device
            </Button>
          ) : (
            <Button renderRoot={(props) => <Link {...props} to="/" />}>Go home</Button>
          )}
          {why instanceof ServerAway && (
            <Button variant="default" onClick={onRetry}>
              Try again
            </Button>
          )}
        </Group>
      }
    />
  )
}
