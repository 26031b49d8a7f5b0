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
    gives: 'Reads everything, verifies the log, and sees who came and when.',
    lets: 'You can read everything, verify the log, and see who came and when.',
  },
]

/** Of what is shown of a link, and of what it gives. */
export const redactedWords: Omit<RoleWords, 'role'> = {
  label: 'Auditor, redacted',
  gives:
    'Verifies the log and sees how it is made: when, from which device, how large. No key goes with the link, so not a word of it opens.',
  lets: 'You can verify its log in this browser and see how it is made: when, from which device, how large. What it says stays sealed: no key came with the link.',
}

/** To auditors, before they open anything. */
export const recordedWords = 'Its owner sees that you open this link, when you read the log, and what you export.'

export const wordsFor = (role: string): RoleWords | undefined => roles.find((words) => words.role === role)
