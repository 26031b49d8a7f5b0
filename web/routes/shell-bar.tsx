import { useLocation } from '@tanstack/react-router'
import { LayoutDashboard, Menu } from 'lucide-react'
import { BarButton, BarLink } from '#web/ui/bar-item.tsx'
import { HueAvatar } from '#web/ui/hue-avatar.tsx'
import { personaRoomAt, personaRooms } from './rooms.ts'
import { useActivePersona, usePersonaIdInAddress } from './use-active-persona.ts'

/** The rooms of the persona, the dashboard, and the sheet with everything else, under the thumb. */
export const ShellBar = ({ onMenu }: { readonly onMenu: () => void }) => {
  const pathname = useLocation({ select: (location) => location.pathname })
  const inAddress = usePersonaIdInAddress()
  const persona = useActivePersona()
  return (
    <>
      {persona !== null &&
        personaRooms
          .filter(isUnderThumb)
          .map(({ to, label, icon: Icon }) => (
            <BarLink
              key={to}
              to={to}
              params={{ personaId: persona.personaId }}
              icon={<Icon size={20} aria-hidden />}
              label={label}
              active={inAddress !== undefined && personaRoomAt(pathname).to === to}
            />
          ))}
      <BarLink
        to="/dashboard"
        icon={<LayoutDashboard size={20} aria-hidden />}
        label="Dashboard"
        active={pathname === '/dashboard'}
      />
      <BarButton
        icon={
          persona === null ? (
            <Menu size={20} aria-hidden />
          ) : (
            <HueAvatar name={persona.name} hue={persona.hue} src={persona.avatar} size={22} />
          )
        }
        label="Personas"
        onClick={onMenu}
        aria-haspopup="dialog"
      />
    </>
  )
}

/** Six names fit; the log is in the sheet. */
const isUnderThumb = ({ to }: (typeof personaRooms)[number]) => to !== '/p/$personaId/log'
