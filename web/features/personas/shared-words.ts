import type { Right } from '#web/livestore/device-db.ts'

/** What a list says of another person's persona: the right as it is now, or as it came; nothing of an own one. */
export const sharedWords = (sharedRole: string | null, right: Right | undefined): string | undefined => {
  if (sharedRole === null) return undefined
  return right?.endedAt != null ? 'no longer shared with you' : `shared with you · ${right?.role ?? sharedRole}`
}
