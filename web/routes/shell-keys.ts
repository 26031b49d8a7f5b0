import { useLocation, useNavigate } from '@tanstack/react-router'
import { useRailPersonas } from '#web/features/personas/rail-personas.tsx'
import { undoLatest } from '#web/ui/undo-stack.ts'
import { isTypingTarget, useKeys } from '#web/ui/use-keys.ts'
import { personaRoomAt, personaRooms, workspaceRooms } from './rooms.ts'
import { globalKeys, personaKey, roomKey } from './shortcuts.ts'
import { useActivePersona, usePersonaIdInAddress } from './use-active-persona.ts'

interface Openers {
  readonly openPalette: () => void
  readonly openHelp: () => void
}

/** The keys that work in every room. */
export const useShellKeys = ({ openPalette, openHelp }: Openers) => {
  const navigate = useNavigate()
  const pathname = useLocation({ select: (location) => location.pathname })
  const inAddress = usePersonaIdInAddress()
  const active = useActivePersona()
  const { personas } = useRailPersonas()
  const room = inAddress === undefined ? personaRooms[0] : personaRoomAt(pathname)

  const toRoom = personaRooms.map(({ letter, to }) => [
    roomKey(letter),
    () => {
      if (active !== null) void navigate({ to, params: { personaId: active.personaId } })
    },
  ])
  const toWorkspaceRoom = workspaceRooms.map(({ letter, to }) => [roomKey(letter), () => void navigate({ to })])
  const toPersona = personas.slice(0, 9).map(({ personaId }, index) => [
    personaKey(index + 1),
    (event: KeyboardEvent) => {
      event.preventDefault()
      void navigate({ to: room.to, params: { personaId } })
    },
  ])
  useKeys({
    ...Object.fromEntries([...toRoom, ...toWorkspaceRoom, ...toPersona]),
    [globalKeys.palette]: (event) => {
      event.preventDefault()
      openPalette()
    },
    [globalKeys.undo]: (event) => {
      // In a field the browser's own undo is meant.
      if (!isTypingTarget(event.target) && undoLatest()) event.preventDefault()
    },
    [globalKeys.help]: openHelp,
    [globalKeys.newPersona]: (event) => {
      event.preventDefault()
      void navigate({ to: '/personas', search: { new: 'persona' } })
    },
  })
}
