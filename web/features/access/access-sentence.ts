import type { Access, Known } from '#web/services/access-log.ts'

export const isRefusal = ({ what }: Access): boolean => what.endsWith(' refused')

/** Of links, by the ids of their shares, as whoever reads the log named them. */
export type LinkNames = ReadonlyMap<string, string>

/** An entry as a sentence. What this version does not know yet is told as the server wrote it. */
export const accessSentence = (access: Access, known: Known, linkNames: LinkNames): string => {
  const { what, why } = access
  const name = linkNames.get(why)
  const link = name === undefined ? 'a share' : `the link “${name}”`
  const by = name === undefined ? '' : ` by ${link}`
  const { who, where } = whoIn(access, known)
  switch (what) {
    case 'store opened':
      return `${who} opened it${where}.`
    case 'log read':
      return `${who} read its log${where}${by}.`
    case 'log exported':
      return `${who} exported it${where}${by}.`
    case 'audit exported':
      return `${who} exported the report of an audit${where}${by}.`
    case 'erased':
      return why === 'store' ? `${who} erased it as a whole${where}.` : `${who} erased something for good${where}.`
    case 'connect refused':
      if (why === 'NotSignedIn') return 'Somebody who was not signed in was turned away.'
      return why === 'AuditIsRedacted'
        ? `${who} may verify its log and not read it, and could not open it${where}.`
        : `${who} had no right to it and could not open it${where}.`
    case 'push refused':
      return `${who} had no right to write to it, and tried${where}.`
    case 'share created':
      return `${who} made ${link}${where}.`
    case 'share changed':
      return `${who} changed ${link}${where}.`
    case 'share revoked':
      return `${who} revoked ${link}${where}.`
    case 'share opened':
      return `${who} opened ${link}${where}.`
    case 'file link created':
      return `${who} made a public link to a file${where}.`
    case 'file link revoked':
      return `${who} revoked a public link to a file${where}.`
    case 'file link opened':
      return 'Somebody opened a public link to a file.'
    case 'file downloaded':
      return 'Somebody downloaded a file by its public link.'
    case 'file link refused':
      return `Somebody could not open a public link to a file: ${reasons[why] ?? why}.`
    case 'share refused':
      return `${who} could not open a share: ${reasons[why] ?? why}.`
    default:
      return `${what} ${why}`.trim()
  }
}

const reasons: Readonly<Record<string, string>> = {
  FileErased: 'it was erased',
  FileLinkExpired: 'its time was over',
  FileLinkRevoked: 'it had been revoked',
  ShareExpired: 'its time was over',
  ShareForAnother: 'it is for another account',
  ShareRevoked: 'it had been revoked',
  ShareUsedUp: 'it had been opened as often as it could be',
}

const whoIn = ({ accountId, sessionId }: Access, { accountId: mine, deviceNames, thisSessionId }: Known) => {
  if (accountId === '') return { who: 'Somebody', where: '' }
  if (accountId !== mine) return { who: `Another account (${accountId.slice(0, 6)})`, where: '' }
  if (sessionId === thisSessionId) return { who: 'You', where: ' on this device' }
  const device = deviceNames.get(sessionId)
  return { who: 'You', where: device === undefined ? ' on a device that is signed out' : ` on ${device}` }
}
