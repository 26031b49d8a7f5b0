import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet } from '@tanstack/react-router'
import { isId } from '#schema/shared/ids.ts'
import { NotFound } from './routes/not-found.tsx'
import { Shell } from './routes/shell.tsx'

/** Every view is an address. Each room is a chunk of its own, fetched when it is first gone to. */
const root = createRootRoute({
  // Where everything is erased no store may be open; who only has the link to a file has none.
  component: () => (['/erased', '/file'].includes(location.pathname) ? <Outlet /> : <Shell />),
  notFoundComponent: NotFound,
})

const at = <Path extends string>(path: Path, load: () => Promise<{ default: React.ComponentType }>) =>
  createRoute({ getParentRoute: () => root, path, component: lazyRouteComponent(load), validateSearch: searchOf })

const persona = createRoute({
  getParentRoute: () => root,
  path: '/p/$personaId',
  component: lazyRouteComponent(() => import('./routes/persona-room.tsx')),
  parseParams: ({ personaId }) => {
    if (!isId(personaId)) throw new Error('This address names no persona.')
    return { personaId }
  },
  errorComponent: NotFound,
})

const inPersona = <Path extends string>(path: Path, load: () => Promise<{ default: React.ComponentType }>) =>
  createRoute({ getParentRoute: () => persona, path, component: lazyRouteComponent(load), validateSearch: searchOf })

/** Filters and selections of a view live in its address; each view reads the ones it knows. */
const searchOf = (search: Record<string, unknown>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(search).flatMap(([key, value]) =>
      typeof value === 'string' || typeof value === 'number' ? [[key, String(value)]] : [],
    ),
  )

/** The list stays where it is while conversations are opened beside it: their route renders nothing of its own. */
const chats = inPersona('/chats', () => import('./routes/chats.tsx'))

export const router = createRouter({
  routeTree: root.addChildren([
    at('/', () => import('./routes/home.tsx')),
    at('/personas', () => import('./routes/personas.tsx')),
    at('/pictures', () => import('./routes/pictures.tsx')),
    at('/dashboard', () => import('./routes/dashboard.tsx')),
    at('/shards', () => import('./routes/shards.tsx')),
    at('/import', () => import('./routes/import.tsx')),
    at('/settings', () => import('./routes/settings.tsx')),
    at('/bundle', () => import('./routes/bundle.tsx')),
    at('/access', () => import('./routes/access.tsx')),
    at('/join', () => import('./routes/join.tsx')),
    at('/erased', () => import('./routes/erased.tsx')),
    at('/recover', () => import('./routes/recover.tsx')),
    at('/sign-in', () => import('./routes/sign-in.tsx')),
    at('/share', () => import('./routes/share.tsx')),
    at('/file', () => import('./routes/file.tsx')),
    persona.addChildren([
      inPersona('/', () => import('./routes/profile.tsx')),
      chats.addChildren([
        createRoute({ getParentRoute: () => chats, path: '/$conversationId', validateSearch: searchOf }),
      ]),
      inPersona('/memories', () => import('./routes/memories.tsx')),
      inPersona('/proposals', () => import('./routes/proposals.tsx')),
      inPersona('/tasks', () => import('./routes/tasks.tsx')),
      inPersona('/files', () => import('./routes/files.tsx')),
      inPersona('/verify', () => import('./routes/verify.tsx')),
      inPersona('/compare', () => import('./routes/compare.tsx')),
      inPersona('/bundle', () => import('./routes/persona-bundle.tsx')),
      inPersona('/access', () => import('./routes/persona-access.tsx')),
      inPersona('/sharing', () => import('./routes/sharing.tsx')),
    ]),
  ]),
  defaultPreload: 'intent',
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
