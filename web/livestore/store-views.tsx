import { createContext, lazy, type ReactNode, Suspense, use, useContext, useEffect, useSyncExternalStore } from 'react'
import { ErrorBoundary } from 'react-error-boundary'
import { Unfetched } from '#web/ui/unfetched.tsx'
import { isUnfetched } from '#web/ui/unfetched-errors.ts'
import { rightTo, subscribeToRights } from './rights.ts'
import { workspaceStoreId } from './session.ts'
import { StoreFailed } from './store-failed.tsx'
import {
  type AnyStore,
  openPersona,
  openWorkspace,
  type PersonaStore,
  personaStoreId,
  pool,
  type WorkspaceStore,
} from './stores.ts'

const ShareEnded = lazy(() => import('./share-ended.tsx').then((m) => ({ default: m.ShareEnded })))

const PersonaContext = createContext<{ personaId: string; store: PersonaStore } | null>(null)
const WorkspaceContext = createContext<WorkspaceStore | null>(null)
const PastContext = createContext(false)

/** The store of the persona around this view, with `useQuery`. */
export const usePersonaStore = (): PersonaStore => provided(useContext(PersonaContext)).store
export const usePersonaId = (): string => provided(useContext(PersonaContext)).personaId
export const useWorkspaceStore = (): WorkspaceStore => provided(useContext(WorkspaceContext))
/** Whether the stores around this view show what was. */
export const useIsPast = (): boolean => useContext(PastContext)

interface ProviderProps {
  readonly fallback: ReactNode
  readonly children: ReactNode
}

/** Opens the persona's store, keeps it open while shown, and says what to do when it cannot be opened. */
export const PersonaStoreProvider = ({ personaId, ...props }: ProviderProps & { readonly personaId: string }) => (
  <StoreGuard storeId={personaStoreId(personaId)} fallback={props.fallback}>
    <OpenPersona personaId={personaId}>{props.children}</OpenPersona>
  </StoreGuard>
)

/** While it opens, what is shown is what the nearest Suspense around it says. */
export const WorkspaceStoreProvider = ({ children }: { readonly children: ReactNode }) => (
  <StoreGuard storeId={workspaceStoreId}>
    <OpenWorkspace>{children}</OpenWorkspace>
  </StoreGuard>
)

/** Puts the past in the place of the stores around it: only of those that are given. */
export const PastStores = ({
  persona,
  workspace,
  children,
}: {
  readonly persona?: { readonly personaId: string; readonly store: PersonaStore }
  readonly workspace?: WorkspaceStore
  readonly children: ReactNode
}) => {
  const aroundPersona = useContext(PersonaContext)
  const aroundWorkspace = useContext(WorkspaceContext)
  return (
    <PastContext value={true}>
      <PersonaContext value={persona ?? aroundPersona}>
        <WorkspaceContext value={workspace ?? aroundWorkspace}>{children}</WorkspaceContext>
      </PersonaContext>
    </PastContext>
  )
}

const OpenPersona = ({ personaId, children }: { readonly personaId: string; readonly children: ReactNode }) => {
  const store = use(openPersona(personaId))
  useRetained(personaStoreId(personaId), store)
  return <PersonaContext value={{ personaId, store }}>{children}</PersonaContext>
}

const OpenWorkspace = ({ children }: { readonly children: ReactNode }) => {
  const store = use(openWorkspace())
  useRetained(workspaceStoreId, store)
  return <WorkspaceContext value={store}>{children}</WorkspaceContext>
}

const useRetained = (storeId: string, store: AnyStore) =>
  useEffect(() => (pool.peek(storeId) === store ? pool.retain(storeId) : undefined), [storeId, store])

interface GuardProps {
  readonly storeId: string
  readonly fallback?: ReactNode
  readonly children: ReactNode
}

/** A store that died, or was opened anew, takes the views on it with it: their key is its generation. */
const StoreGuard = ({ storeId, fallback, children }: GuardProps) => {
  const generation = useSyncExternalStore(pool.subscribe, () => pool.generationOf(storeId))
  const error = useSyncExternalStore(pool.subscribe, () => pool.errorOf(storeId))
  const right = useSyncExternalStore(subscribeToRights, () => rightTo(storeId))
  if (right?.endedAt != null)
    return (
      <Suspense fallback={fallback}>
        <ShareEnded storeId={storeId} />
      </Suspense>
    )
  if (error !== undefined) return <StoreFailed storeId={storeId} error={error} />
  return (
    <ErrorBoundary
      key={`${storeId}#${generation}`}
      fallbackRender={({ error }) =>
        isUnfetched(error) ? <Unfetched /> : <StoreFailed storeId={storeId} error={error} />
      }
    >
      {fallback === undefined ? children : <Suspense fallback={fallback}>{children}</Suspense>}
    </ErrorBoundary>
  )
}

const provided = <A,>(value: A | null): A => {
  if (value === null) throw new Error('A view of a store stands outside its provider.')
  return value
}
