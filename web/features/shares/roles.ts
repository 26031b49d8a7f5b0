import type { ShareRole } from '#web/services/shares.ts'

interface RoleWords {
  readonly role: ShareRole
  readonly label: string
  /** To whom gives it. */
  readonly gives: string
  /** To whom gets it. */
  readonly lets: string
}

export const roles: readonly RoleWords[] = [
  {
    role: 'viewer',
    label: 'Viewer',
    gives: 'Reads chats, memories and profile, and changes nothing.',
    lets: 'You can read its chats, memories and profile.',
  },
  {
    role: 'editor',
    label: 'Editor',
    gives: 'Reads and writes everything, as you do.',
    lets: 'You can read and write everything, together with its owner.',
  },
  {
    role: 'auditor',
    label: 'Auditor',
    gives: 'Reads everything, and sees who came and when.',
    lets: 'You can read everything, and see who came and when.',
  },
]

export const wordsFor = (role: string): RoleWords | undefined => roles.find((words) => words.role === role)
