import type { ReactNode } from 'react'
import type { SearchGroup, SearchHit } from '#schema/stores/search-find.ts'
import type { SearchAnswer } from '#web/services/search/search.ts'
import { HueAvatar } from '#web/ui/hue-avatar.tsx'
import type { Choice, ChoiceGroup } from '#web/ui/use-choices.ts'
import { hitPlace } from './hit-place.ts'
import type { PersonaFace } from './persona-faces.ts'
import classes from './search.module.css'

interface GroupOptions {
  readonly faces: ReadonlyMap<string, PersonaFace>
  readonly hitsInGroup: number
  readonly face: (hit: SearchHit) => ReactNode
  readonly onOpen: (place: string) => void
  /** How one comes to those of a persona that are not shown. Absent: they are only counted. */
  readonly more?: (name: string, count: number) => { readonly says: string; readonly run: () => void }
}

/** What was found, a group for each persona, with how many of its hits there are. */
export const hitGroups = ({ groups, counts }: SearchAnswer, options: GroupOptions): readonly ChoiceGroup[] =>
  groups.map((group) => {
    const { faces, hitsInGroup, face, onOpen, more } = options
    const { storeId, hits } = group
    const name = nameOf(group, faces)
    const count = Math.max(counts.get(storeId) ?? 0, hits.length)
    const shown = hits.slice(0, hitsInGroup)
    return {
      id: storeId,
      label: `${name}: ${count.toLocaleString()} found`,
      face: <GroupFace name={name} count={count} face={faces.get(storeId)} />,
      choices: [
        ...shown.map((hit) => hitChoice(hit, face(hit), onOpen)),
        ...(more !== undefined && count > shown.length ? [moreChoice(storeId, more(name, count))] : []),
      ],
    }
  })

/** Personas that have hits, but none among those shown. */
export const otherGroups = (
  { groups, counts }: SearchAnswer,
  { faces, onOnly }: { readonly faces: GroupOptions['faces']; readonly onOnly: (name: string) => void },
): readonly ChoiceGroup[] => {
  const shown = new Set(groups.map(({ storeId }) => storeId))
  const choices = [...counts].flatMap(([storeId, count]) => {
    const name = faces.get(storeId)?.name
    if (shown.has(storeId) || count === 0 || name === undefined) return []
    return [moreChoice(storeId, { says: `${count.toLocaleString()} of ${name}`, run: () => onOnly(name) })]
  })
  return choices.length === 0 ? [] : [{ id: 'others', label: 'Other personas', choices }]
}

const nameOf = ({ storeId, personaName }: SearchGroup, faces: GroupOptions['faces']): string =>
  faces.get(storeId)?.name ?? personaName

const hitChoice = (hit: SearchHit, face: ReactNode, onOpen: GroupOptions['onOpen']): Choice => {
  const href = hitPlace(hit)
  return { id: `${hit.storeId}.${hit.type}.${hit.id}`, href, face, run: () => onOpen(href) }
}

const moreChoice = (storeId: string, { says, run }: ReturnType<NonNullable<GroupOptions['more']>>): Choice => ({
  id: `${storeId}.more`,
  face: <span className={classes.more}>{says}</span>,
  run,
})

interface GroupFaceProps {
  readonly name: string
  readonly count: number
  readonly face: PersonaFace | undefined
}

const GroupFace = ({ name, count, face }: GroupFaceProps) => (
  <span className={classes.persona}>
    <HueAvatar name={name} hue={face?.hue ?? 0} src={face?.avatar ?? null} size={18} />
    <span dir="auto">{name}</span>
    <span className={classes.count}>{count.toLocaleString()}</span>
  </span>
)
