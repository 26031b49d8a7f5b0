import { Search } from 'lucide-react'
import type { ChoiceGroup } from '#web/ui/use-choices.ts'
import { HitLine } from './hit-face.tsx'
import { hitGroups } from './hit-groups.tsx'
import { usePersonaFaces } from './persona-faces.ts'
import { resultStateOf } from './result-state.ts'
import classes from './search.module.css'
import { askedOf, cutNote } from './typed.ts'
import { useIndexingOf } from './use-indexing-of.ts'
import { useOutcome } from './use-outcome.ts'

interface PaletteHitsOptions {
  readonly onOpen: (place: string) => void
  /** To the room with all of it. */
  readonly onAll: (typed: string) => void
}

/** What was found everywhere, as groups of the palette, and what there is to say of it. */
export const usePaletteHits = (text: string, { onOpen, onAll }: PaletteHitsOptions) => {
  const { asked, isCut } = askedOf(text)
  const faces = usePersonaFaces()
  const indexing = useIndexingOf(faces.size)
  const state = resultStateOf(asked, useOutcome({ typed: asked, limit: 12, order: 'best' }), indexing)
  const groups: readonly ChoiceGroup[] =
    state.kind === 'found'
      ? hitGroups(state.answer, { faces, hitsInGroup: 3, face: (hit) => <HitLine {...hit} />, onOpen })
      : []
  const all: readonly ChoiceGroup[] =
    asked === '' ? [] : [{ id: 'everywhere', label: 'Everything', choices: [allChoice(asked, onAll)] }]
  return {
    asked,
    groups: [...groups, ...all],
    state,
    indexing,
    notes: [...(isCut ? [cutNote] : []), ...('answer' in state ? state.answer.notes : [])],
  }
}

const allChoice = (asked: string, onAll: (typed: string) => void) => ({
  id: 'all-found',
  face: (
    <>
      <span className={classes.icon}>
        <Search size={16} aria-hidden />
      </span>
      <span className={classes.line}>
        All that holds <bdi>{asked}</bdi>
      </span>
      <kbd className={`${classes.when} ${classes.key}`}>Ctrl ↵</kbd>
    </>
  ),
  run: () => onAll(asked),
})
