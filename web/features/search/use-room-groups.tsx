import { History } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import type { ChoiceGroup } from '#web/ui/use-choices.ts'
import { HitCard } from './hit-face.tsx'
import { hitGroups, otherGroups } from './hit-groups.tsx'
import type { PersonaFace } from './persona-faces.ts'
import { recentQueries, subscribeToRecentQueries } from './recent-queries.ts'
import type { ResultState } from './result-state.ts'
import classes from './search.module.css'
import { withPersona } from './typed.ts'

interface RoomGroupsOptions {
  readonly faces: ReadonlyMap<string, PersonaFace>
  readonly isOne: boolean
  readonly onOpen: (place: string) => void
  readonly onAsk: (typed: string) => void
  readonly onMore: () => void
}

/** What the arrow keys of the room go through: what was found, or while nothing is typed what was looked for lately. */
export const useRoomGroups = (
  state: ResultState,
  { faces, isOne, onOpen, onAsk, onMore }: RoomGroupsOptions,
): readonly ChoiceGroup[] => {
  const recent = useSyncExternalStore(subscribeToRecentQueries, recentQueries)
  if (state.kind === 'blank') return recent.length === 0 ? [] : [recentGroup(recent, onAsk)]
  if (state.kind !== 'found') return []
  const { typed, answer } = state
  const face = (hit: Parameters<typeof HitCard>[0]) => <HitCard {...hit} />
  const onOnly = (name: string) => onAsk(withPersona(typed, name))
  return isOne
    ? hitGroups(answer, { faces, hitsInGroup: Number.POSITIVE_INFINITY, face, onOpen, more: showMore(onMore) })
    : [
        ...hitGroups(answer, { faces, hitsInGroup: 5, face, onOpen, more: showAll(onOnly) }),
        ...otherGroups(answer, { faces, onOnly }),
      ]
}

const showMore = (run: () => void) => () => ({ says: 'Show more', run })

const showAll = (onOnly: (name: string) => void) => (name: string, count: number) => ({
  says: `All ${count.toLocaleString()} of ${name}`,
  run: () => onOnly(name),
})

const recentGroup = (recent: readonly string[], onAsk: (typed: string) => void): ChoiceGroup => ({
  id: 'recent',
  label: 'Looked for lately',
  choices: recent.map((typed, place) => ({
    id: `recent.${place}`,
    face: (
      <>
        <span className={classes.icon}>
          <History size={16} aria-hidden />
        </span>
        <span className={classes.line} dir="auto">
          {typed}
        </span>
      </>
    ),
    run: () => onAsk(typed),
  })),
})
