import { Alert } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTold, type Watch } from '#web/services/cells/watch.ts'
import { LateSkeleton } from '#web/ui/late-skeleton.tsx'
import { ServerSilent } from '#web/ui/server-silent.tsx'
import { TryAgainState } from '#web/ui/try-again-state.tsx'

interface ToldViewProps<A> {
  readonly watch: Watch<A>
  /** Said when nothing was ever told. */
  readonly title: string
  readonly children: (value: A) => ReactNode
}

/** What the server said last; above it why it has said nothing since, or in its place why it said nothing at all. */
export const ToldView = <A,>({ watch, title, children }: ToldViewProps<A>) => {
  const { value, problem } = useTold(watch)
  const retry = () => void watch.ask()
  if (value === undefined)
    return problem === undefined ? (
      <LateSkeleton />
    ) : (
      <TryAgainState title={title} text={problem.message} onTryAgain={retry} />
    )
  return (
    <>
      {problem !== undefined && (
        <Alert color="gray" variant="light" title="Shown as it was last told">
          <ServerSilent problem={problem} onRetry={retry} />
        </Alert>
      )}
      {children(value)}
    </>
  )
}
