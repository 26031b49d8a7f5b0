import { useNavigate } from '@tanstack/react-router'
import {
  FileArchive,
  GitCompareArrows,
  History,
  Keyboard,
  type LucideIcon,
  Plus,
  Share2,
  ShieldCheck,
  Undo2,
} from 'lucide-react'
import type { ReactNode } from 'react'
import { rightTo } from '#web/livestore/rights.ts'
import { personaStoreId } from '#web/livestore/stores.ts'
import { undoLatest } from '#web/ui/undo-stack.ts'
import { useActivePersona } from './use-active-persona.ts'

/** What goes somewhere or does something, by its name. */
export interface NamedChoice {
  readonly id: string
  readonly label: string
  /** Said behind the label. */
  readonly note?: string | undefined
  readonly icon: ReactNode
  readonly run: () => void
}

/** What every room can do. */
export const usePaletteActs = (onHelp: () => void): readonly NamedChoice[] => {
  const navigate = useNavigate()
  return [
    ...usePersonaActs(),
    act('new-persona', 'New persona', Plus, () => void navigate({ to: '/personas', search: { new: 'persona' } })),
    act('undo', 'Undo the latest act', Undo2, () => void undoLatest()),
    act('keys', 'Show all keys', Keyboard, onHelp),
  ]
}

/** Of the chosen persona. */
const usePersonaActs = (): readonly NamedChoice[] => {
  const navigate = useNavigate()
  const active = useActivePersona()
  if (active === null) return []
  const { personaId, name } = active
  const params = { personaId }
  return [
    ...logRooms.map(({ to, label, icon }) => act(to, label(name), icon, () => void navigate({ to, params }))),
    ...(rightTo(personaStoreId(personaId))?.canShare === false
      ? []
      : [act('share', `Share ${name}`, Share2, () => void navigate({ to: '/p/$personaId/sharing', params }))]),
    act('past', `Look at the past of ${name}`, History, () => {
      // Beyond the last event: the bar makes the last of it.
      void navigate({ to: '/p/$personaId/memories', params, search: { at: '999999999', of: personaId } })
    }),
  ]
}

/** What can be asked of a persona's log, in rooms that stand in no rail. */
const logRooms = [
  { to: '/p/$personaId/verify', label: (name: string) => `Verify ${name}`, icon: ShieldCheck },
  { to: '/p/$personaId/compare', label: (name: string) => `Compare two states of ${name}`, icon: GitCompareArrows },
  { to: '/p/$personaId/bundle', label: (name: string) => `Export ${name} as a bundle`, icon: FileArchive },
] as const

const act = (id: string, label: string, Icon: LucideIcon, run: () => void): NamedChoice => ({
  id,
  label,
  icon: <Icon size={16} aria-hidden />,
  run,
})
