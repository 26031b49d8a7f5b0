import { useNavigate } from '@tanstack/react-router'
import { Settings } from 'lucide-react'
import { useMemo } from 'react'
import { searchTextOf } from '#schema/shared/text.ts'
import { directory$ } from '#schema/workspace/queries.ts'
import { sharedWords } from '#web/features/personas/shared-words.ts'
import { settingsSections } from '#web/features/settings/settings-sections.ts'
import { rightTo } from '#web/livestore/rights.ts'
import { useWorkspaceStore } from '#web/livestore/store-views.tsx'
import { personaStoreId } from '#web/livestore/stores.ts'
import { HueAvatar } from '#web/ui/hue-avatar.tsx'
import type { ChoiceGroup } from '#web/ui/use-choices.ts'
import { personaRooms, workspaceRooms } from './rooms.ts'
import classes from './shell-palette.module.css'
import { type NamedChoice, usePaletteActs } from './shell-palette-acts.tsx'
import { useActivePersona } from './use-active-persona.ts'

/** What of the names holds a text. However many personas there are, all else stays in reach. */
export const useNamedGroups = (text: string, onHelp: () => void): readonly ChoiceGroup[] => {
  const wanted = searchTextOf(text.trim())
  const found = (choices: readonly NamedChoice[], limit = Number.POSITIVE_INFINITY) =>
    choices.filter(({ label }) => searchTextOf(label).includes(wanted)).slice(0, limit)
  const sections = useSectionChoices()
  const groups = [
    { id: 'personas', label: 'Personas', choices: found(usePersonaChoices(), 8) },
    { id: 'rooms', label: 'Rooms', choices: found(useRoomChoices()) },
    { id: 'actions', label: 'Actions', choices: found(usePaletteActs(onHelp)) },
    // Nobody looks for all of them at once.
    { id: 'settings', label: 'Settings', choices: wanted === '' ? [] : found(sections) },
  ]
  return groups
    .filter(({ choices }) => choices.length > 0)
    .map((group) => ({
      ...group,
      choices: group.choices.map(({ id, run, ...face }) => ({ id, run, face: <Face {...face} /> })),
    }))
}

const usePersonaChoices = (): readonly NamedChoice[] => {
  const navigate = useNavigate()
  const personas = useWorkspaceStore().useQuery(directory$({ show: 'active', sort: 'recent' }))
  return useMemo(
    () =>
      personas.map(({ personaId, name, hue, avatar, sharedRole }) => ({
        id: personaId,
        label: name,
        note: sharedWords(sharedRole, rightTo(personaStoreId(personaId))),
        icon: <HueAvatar name={name} hue={hue} src={avatar} size={20} />,
        run: () => void navigate({ to: '/p/$personaId/chats', params: { personaId } }),
      })),
    [personas, navigate],
  )
}

const useRoomChoices = (): readonly NamedChoice[] => {
  const navigate = useNavigate()
  const active = useActivePersona()
  return [
    ...(active === null
      ? []
      : personaRooms.map(({ to, label, icon: Icon }) => ({
          id: to,
          label: `${active.name}: ${label}`,
          icon: <Icon size={16} aria-hidden />,
          run: () => void navigate({ to, params: { personaId: active.personaId } }),
        }))),
    ...workspaceRooms.map(({ to, label, icon: Icon }) => ({
      id: to,
      label,
      icon: <Icon size={16} aria-hidden />,
      run: () => void navigate({ to }),
    })),
  ]
}

const useSectionChoices = (): readonly NamedChoice[] => {
  const navigate = useNavigate()
  return Object.entries(settingsSections).map(([hash, title]) => ({
    id: `settings-${hash}`,
    label: title,
    icon: <Settings size={16} aria-hidden />,
    run: () => void navigate({ to: '/settings', hash }),
  }))
}

const Face = ({ icon, label, note }: Pick<NamedChoice, 'icon' | 'label' | 'note'>) => (
  <>
    <span className={classes.icon}>{icon}</span>
    <span className={classes.label}>{label}</span>
    {note !== undefined && <span className={classes.note}>{note}</span>}
  </>
)
