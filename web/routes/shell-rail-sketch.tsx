import { Link, useLocation } from '@tanstack/react-router'
import { RailItem } from '#web/ui/rail-item.tsx'
import { workspaceRooms } from './rooms.ts'
import classes from './shell.module.css'

/** What of the rail needs no store: painted before any is open. */
export const ShellRailSketch = () => (
  <>
    <Brand name="PJai" />
    <div className={classes.personas} />
    <WorkspaceRooms pathname={useLocation({ select: (location) => location.pathname })} />
  </>
)

export const Brand = ({ name }: { readonly name: string }) => (
  <Link to="/" className={classes.brand}>
    <img src="/icon.svg" alt="" />
    <span>{name}</span>
  </Link>
)

export const WorkspaceRooms = ({ pathname }: { readonly pathname: string }) => (
  <div className={classes.group}>
    {workspaceRooms.map(({ to, label, letter, icon: Icon }) => (
      <RailItem
        key={to}
        to={to}
        icon={<Icon size={16} aria-hidden />}
        label={label}
        hint={`g ${letter}`}
        active={pathname.startsWith(to)}
      />
    ))}
  </div>
)
