import { Outlet, useRouter } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useState } from 'react'
import { isErased$ } from '#schema/shared/erasures.ts'
import { workspace$ } from '#schema/workspace/queries.ts'
import { useWorkspaceStore, WorkspaceStoreProvider } from '#web/livestore/store-views.tsx'
import { openAhead, warmPersona } from '#web/livestore/stores.ts'
import { noteStarted } from '#web/livestore/waits.ts'
import { rememberDevice } from '#web/services/devices.ts'
import { rememberWorkspace } from '#web/services/workspaces.ts'
import { Frame } from '#web/ui/frame.tsx'
import { LateSkeleton } from '#web/ui/late-skeleton.tsx'
import { lazyAsked, lazyExtra } from '#web/ui/lazy-part.ts'
import { ShellBar } from './shell-bar.tsx'
import { ShellHeader } from './shell-header.tsx'
import { useShellKeys } from './shell-keys.ts'
import { ShellRail } from './shell-rail.tsx'
import { firstPersonaId, personaIdIn } from './use-active-persona.ts'
import { usePastAddress, usePastMoves, useWholePastAddress } from './use-past-address.ts'

// What nobody sees comes after what somebody sees.
const ShellKeepers = lazyExtra(() => import('./shell-keepers.tsx').then((m) => m.ShellKeepers))
const ShellSheet = lazyAsked(() => import('./shell-sheet.tsx').then((m) => m.ShellSheet))
const ShellPalette = lazyAsked(() => import('./shell-palette.tsx').then((m) => m.ShellPalette))
const PastBar = lazy(() => import('#web/features/past/past-bar.tsx').then(({ PastBar }) => ({ default: PastBar })))
const ShellHelp = lazyAsked(() => import('./shell-help.tsx').then((m) => m.ShellHelp))

// Beside the workspace, not after it.
const firstId = firstPersonaId(location.pathname)
if (firstId !== undefined) void warmPersona(firstId)

/** What the shell is once the workspace's store is open. Until then whoever shows it shows something else. */
export const OpenShell = () => (
  <WorkspaceStoreProvider>
    <ShellOfWorkspace />
  </WorkspaceStoreProvider>
)

/** The store of a persona does not wait for its room. */
const useOpenedAhead = () => {
  const [router, store] = [useRouter(), useWorkspaceStore()]
  useEffect(
    () =>
      router.subscribe('onBeforeNavigate', ({ toLocation }) => {
        const personaId = personaIdIn(toLocation.pathname)
        if (personaId !== undefined && !store.query(isErased$(personaId))) void openAhead(personaId)
      }),
    [router, store],
  )
}

const ShellOfWorkspace = () => {
  const store = useWorkspaceStore()
  const [open, setOpen] = useState<'sheet' | 'palette' | 'help'>()
  const close = () => setOpen(undefined)
  useShellKeys({ openPalette: () => setOpen('palette'), openHelp: () => setOpen('help') })
  useWholePastAddress()
  useOpenedAhead()
  const past = usePastAddress()
  const { goTo, goToNow } = usePastMoves()
  const name = store.useQuery(workspace$)?.name
  // Again when the name changes, here or elsewhere.
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above
  useEffect(() => rememberWorkspace(store), [store, name])
  // At once: it asks about the session, which joining, a moment later, exchanges for another.
  useEffect(() => rememberDevice(store), [store])
  useEffect(noteStarted, [])
  return (
    <>
      <Frame
        rail={<ShellRail />}
        header={<ShellHeader onFind={() => setOpen('palette')} />}
        bar={<ShellBar onMenu={() => setOpen('sheet')} />}
        isTinted={past !== undefined}
        banner={
          <Suspense fallback={null}>
            {past !== undefined && (
              <PastBar key={past.personaId} {...past} onAt={(at) => goTo({ ...past, at })} onNow={goToNow} />
            )}
          </Suspense>
        }
      >
        <Suspense fallback={<LateSkeleton />}>
          <Outlet />
        </Suspense>
      </Frame>
      <Suspense fallback={null}>
        <ShellKeepers />
      </Suspense>
      <Suspense fallback={null}>
        {open === 'sheet' && <ShellSheet onClose={close} />}
        {open === 'palette' && <ShellPalette onClose={close} onHelp={() => setOpen('help')} />}
        {open === 'help' && <ShellHelp onClose={close} />}
      </Suspense>
    </>
  )
}
