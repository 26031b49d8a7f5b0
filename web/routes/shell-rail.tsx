import { useLocation } from '@tanstack/react-router'
import { workspace$ } from '#schema/workspace/queries.ts'
import { RailPersonas } from '#web/features/personas/rail-personas.tsx'
import { useWorkspaceStore } from '#web/livestore/store-views.tsx'
import { RailItem } from '#web/ui/rail-item.tsx'
import { personaRoomAt, personaRooms } from './rooms.ts'
import classes from './shell.module.css'
import { Brand, WorkspaceRooms } from './shell-rail-sketch.tsx'
import { useActivePersona, usePersonaIdInAddress } from './use-active-persona.ts'

export const ShellRail = () => {
  const pathname = useLocation({ select: (location) => location.pathname })
  const inAddress = usePersonaIdInAddress()
  const persona = useActivePersona()
  const workspace = useWorkspaceStore().useQuery(workspace$)
  const room = inAddress === undefined ? personaRooms[0] : personaRoomAt(pathname)
  return (
    <>
      <Brand name={workspace?.name ?? 'PJai'} />
      <div className={classes.personas}>
        <RailPersonas activeId={inAddress} roomPath={room.to} />
      </div>
      {persona !== null && (
        <div className={classes.group}>
          <div className={classes.title}>{persona.name}</div>
          {personaRooms.map(({ to, label, letter, icon: Icon }) => (
            <RailItem
              key={to}
              to={to}
              params={{ personaId: persona.personaId }}
              icon={<Icon size={16} aria-hidden />}
              label={label}
              hint={`g ${letter}`}
              active={inAddress !== undefined && room.to === to}
              hue={persona.hue}
            />
          ))}
        </div>
      )}
      <WorkspaceRooms pathname={pathname} />
    </>
  )
}
