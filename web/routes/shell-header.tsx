import { Link, useLocation } from '@tanstack/react-router'
import { ChevronRight, Search } from 'lucide-react'
import { Suspense, useEffect } from 'react'
import { SyncBadge } from '#web/features/sync/sync-badge.tsx'
import { lazyExtra } from '#web/ui/lazy-part.ts'
import { personaRoomAt, sideRoomAt, workspaceRoomAt } from './rooms.ts'
import classes from './shell.module.css'
import { useActivePersona, usePersonaIdInAddress } from './use-active-persona.ts'
import { usePastAddress } from './use-past-address.ts'

// What floats is fetched with the first persona.
const ShellFloating = lazyExtra(() => import('./shell-floating.tsx').then((m) => m.ShellFloating))

/** Where one is, how to get anywhere, and whether all is saved. */
export const ShellHeader = ({ onFind }: { readonly onFind: () => void }) => {
  const pathname = useLocation({ select: (location) => location.pathname })
  const inAddress = usePersonaIdInAddress()
  const persona = useActivePersona()
  const isPast = usePastAddress() !== undefined
  const owner = inAddress === undefined ? undefined : (persona?.name ?? 'Persona')
  const room =
    sideRoomAt(pathname) ??
    (inAddress === undefined ? (workspaceRoomAt(pathname)?.label ?? 'Home') : personaRoomAt(pathname).label)
  useEffect(() => {
    document.title = [owner, room, 'PJai'].filter((part) => part !== undefined).join(' · ')
  }, [owner, room])
  return (
    <>
      <div className={classes.crumbs}>
        {inAddress !== undefined && (
          <>
            <Link to="/p/$personaId" params={{ personaId: inAddress }} className={classes.crumb}>
              {owner}
            </Link>
            <ChevronRight size={14} aria-hidden />
          </>
        )}
        <h1 className={classes.here}>{room}</h1>
      </div>
      <Suspense fallback={null}>
        {(persona !== null || inAddress !== undefined) && !isPast && (
          <ShellFloating inPersona={inAddress !== undefined} />
        )}
      </Suspense>
      <button type="button" className={classes.find} onClick={onFind} aria-label="Find anything">
        <Search size={16} aria-hidden />
        <kbd>Ctrl K</kbd>
      </button>
      <SyncBadge />
    </>
  )
}
