import {
  Files,
  History,
  Images,
  Import,
  LayoutDashboard,
  type LucideIcon,
  MessagesSquare,
  NotebookText,
  Search,
  Server,
  Settings,
  UserRound,
  Users,
} from 'lucide-react'

interface Room<To extends string> {
  readonly to: To
  readonly label: string
  /** `g` and this letter go there. */
  readonly letter: string
  readonly icon: LucideIcon
}

const room = <const To extends string>(to: To, label: string, letter: string, icon: LucideIcon): Room<To> => ({
  to,
  label,
  letter,
  icon,
})

const profile = room('/p/$personaId', 'Profile', 'p', UserRound)

/** The rooms of the chosen persona, in the order of the rail. */
export const personaRooms = [
  room('/p/$personaId/chats', 'Chats', 'c', MessagesSquare),
  room('/p/$personaId/memories', 'Memories', 'm', NotebookText),
  room('/p/$personaId/files', 'Files', 'f', Files),
  room('/p/$personaId/log', 'History', 'l', History),
  profile,
] as const

export const workspaceRooms = [
  room('/dashboard', 'Dashboard', 'd', LayoutDashboard),
  room('/search', 'Search', 'q', Search),
  room('/personas', 'All personas', 'a', Users),
  room('/pictures', 'Pictures', 'v', Images),
  room('/import', 'Import', 'i', Import),
  room('/shards', 'Shards', 'h', Server),
  room('/settings', 'Settings', 's', Settings),
] as const

/** The room a path shows: chats for `/p/ada/chats/42`. */
export const personaRoomAt = (pathname: string): (typeof personaRooms)[number] => {
  const name = /^\/p\/[^/]+\/(\w+)/.exec(pathname)?.[1]
  return personaRooms.find(({ to }) => name !== undefined && to.endsWith(`/${name}`)) ?? profile
}

/** What stands in no rail, by the end of its path. */
export const sideRoomAt = (pathname: string): string | undefined => sideRooms[pathname.split('/').at(-1) ?? '']

const sideRooms: Readonly<Record<string, string>> = {
  access: 'Access log',
  audit: 'Audit',
  bundle: 'Bundle',
  compare: 'Compare',
  join: 'Join',
  proposals: 'Things to remember',
  recover: 'Recovery key',
  share: 'Shared with you',
  sharing: 'Sharing',
  'sign-in': 'Sign in',
  tasks: 'Answers',
  verify: 'Verify',
}

export const workspaceRoomAt = (pathname: string) => workspaceRooms.find(({ to }) => pathname.startsWith(to))
