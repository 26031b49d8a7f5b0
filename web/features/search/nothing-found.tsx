import { Button } from '@mantine/core'
import type { Indexing } from '#web/services/search/search.ts'
import { EmptyState } from '#web/ui/empty-state.tsx'
import { LateSkeleton } from '#web/ui/late-skeleton.tsx'
import { indexingSays } from './notes.tsx'
import type { ResultState } from './result-state.ts'
import { looserOf } from './typed.ts'

interface NothingFoundProps {
  readonly state: ResultState
  readonly indexing: Indexing
  readonly onAsk: (typed: string) => void
}

/** What stands where nothing was found: why, and what to try. */
export const NothingFound = ({ state, indexing, onAsk }: NothingFoundProps) => {
  if (state.kind === 'asking') return <LateSkeleton />
  if (state.kind === 'nothingAsked')
    return (
      <EmptyState title="Nothing to look for yet" text="Type a word, or say after an operator what you look for." />
    )
  if (state.kind !== 'nothing' && state.kind !== 'notYet') return null
  const looser = looserOf(state.typed)
  return (
    <EmptyState
      title={state.kind === 'nothing' ? 'Nothing was found' : 'Nothing was found so far'}
      text={
        state.kind === 'nothing'
          ? `No message, memory or conversation holds ${shortened(state.typed)}.`
          : `Not everything is searched yet. ${indexingSays(indexing) ?? indexing.problem ?? 'The index is being made.'}`
      }
      action={
        looser !== undefined && (
          <Button variant="default" onClick={() => onAsk(looser.typed)}>
            {looser.says}
          </Button>
        )
      }
    />
  )
}

/** Set apart from the sentence, whichever way it runs. */
const shortened = (typed: string) => `\u2068${typed.length > 60 ? `${typed.slice(0, 60)}…` : typed}\u2069`
