import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  parseSearchWith,
  type SearchMiddleware,
  stringifySearchWith,
} from '@tanstack/react-router'
import { isId } from '#schema/shared/ids.ts'
import { firstViewSeen } from './routes/first-view.ts'
import { NotFound } from './routes/not-found.tsx'
import { Shell } from './routes/shell.tsx'

/** Every view is an address. Each room is a chunk of its own, fetched when it is first gone to. */
const root = createRootRoute({
  // Where everything is erased no store may be open; who only has the link to a file has none.
  component: () => (['/erased', '/file'].includes(location.pathname) ? <Outlet /> : <Shell />),
  notFoundComponent: NotFound,
})

/** Who goes from room to room stays at the time he looks at, which is a number and whose log it counts in. */
const keepPast: SearchMiddleware<Readonly<Record<string, string>>> = ({ search, next }) => {
  const { at, of } = search
  return { ...(at === undefined || of === undefined ? {} : { at, of }), ...next(search) }
}

type Load = () => Promise<{ default: React.FunctionComponent }>

/** The first room comes while the shell is shown, which does not wait for it; a later one is fetched before one goes there. */
const room = (load: Load) => {
  const component = lazyRouteComponent(load)
  const { preload } = component
  component.preload = async () => {
    if (isShown()) await preload?.()
    else void firstViewSeen.then(preload)
  }
  return component
}

const isShown = (): boolean => router.state.resolvedLocation !== undefined

const at = <Path extends string>(path: Path, load: Load) =>
  createRoute({ getParentRoute: () => root, path, component: room(load), validateSearch: searchOf })

const persona = createRoute({
  getParentRoute: () => root,
  path: '/p/$personaId',
  component: room(() => import('./routes/persona-room.tsx')),
  parseParams: ({ personaId }) => {
    if (!isId(personaId)) throw new Error('This address names no persona.')
    return { personaId }
  },
  errorComponent: NotFound,
})

const inPersona = <Path extends string>(path: Path, load: Load) =>
  createRoute({ getParentRoute: () => persona, path, component: room(load), validateSearch: searchOf })

const inPersonaAtAnyTime = <Path extends string>(path: Path, load: Load) =>
  createRoute({
    getParentRoute: () => persona,
    path,
    component: room(load),
    validateSearch: searchOf,
    search: { middlewares: [keepPast] },
  })

/** Filters and selections of a view live in its address; each view reads the ones it knows. */
const searchOf = (search: Record<string, unknown>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(search).flatMap(([key, value]) =>
      typeof value === 'string' || typeof value === 'number' ? [[key, String(value)]] : [],
    ),
  )

const dashboard = createRoute({
  getParentRoute: () => root,
  path: '/dashboard',
  component: room(() => import('./routes/dashboard.tsx')),
  validateSearch: searchOf,
  search: { middlewares: [keepPast] },
})

/** The list stays where it is while conversations are opened beside it: their route renders nothing of its own. */
const chats = inPersonaAtAnyTime('/chats', () => import('./routes/chats.tsx'))

/** One chunk, with a view for each end of the path. */
const shards = () => import('./routes/shards.tsx')

/** Values stand in an address as they are: in quotes only what begins with one. */
function quotedText(value: string): string {
  if (!value.startsWith('"')) throw new Error('This stands there as it is.')
  return String(JSON.parse(value))
}

export const router = createRouter({
  routeTree: root.addChildren([
    at('/', () => import('./routes/home.tsx')),
    at('/personas', () => import('./routes/personas.tsx')),
    at('/pictures', () => import('./routes/pictures.tsx')),
    dashboard,
    at('/search', () => import('./routes/search.tsx')),
    at('/shards', shards),
    at('/shards/plan', shards),
    at('/shards/moves', shards),
    at('/shards/health', shards),
    at('/shards/explore', shards),
    at('/import', () => import('./routes/import.tsx')),
    at('/settings', () => import('./routes/settings.tsx')),
    at('/bundle', () => import('./routes/bundle.tsx')),
    at('/access', () => import('./routes/access.tsx')),
    at('/join', () => import('./routes/join.tsx')),
    at('/erased', () => import('./routes/erased.tsx')),
    at('/recover', () => import('./routes/recover.tsx')),
    at('/sign-in', () => import('./routes/sign-in.tsx')),
    at('/share', () => import('./routes/share.tsx')),
    at('/audit', () => import('./routes/audit.tsx')),
    at('/file', () => import('./routes/file.tsx')),
    persona.addChildren([
      inPersonaAtAnyTime('/', () => import('./routes/profile.tsx')),
      chats.addChildren([
        createRoute({ getParentRoute: () => chats, path: '/$conversationId', validateSearch: searchOf }),
      ]),
      inPersonaAtAnyTime('/memories', () => import('./routes/memories.tsx')),
      inPersonaAtAnyTime('/proposals', () => import('./routes/proposals.tsx')),
      inPersonaAtAnyTime('/tasks', () => import('./routes/tasks.tsx')),
      inPersonaAtAnyTime('/files', () => import('./routes/files.tsx')),
      inPersona('/log', () => import('./routes/log.tsx')),
      inPersona('/verify', () => import('./routes/verify.tsx')),
      inPersona('/compare', () => import('./routes/compare.tsx')),
      inPersona('/bundle', () => import('./routes/persona-bundle.tsx')),
      inPersona('/access', () => import('./routes/persona-access.tsx')),
      inPersona('/sharing', () => import('./routes/sharing.tsx')),
    ]),
  ]),
  defaultPreload: 'intent',
  parseSearch: parseSearchWith(quotedText),
  stringifySearch: stringifySearchWith(JSON.stringify, quotedText),
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
