/** The personas that this device owes an answer: looked at when a page starts, before any store is open. */
const prefix = 'pjai.owed.'

export const owed = {
  personaIds: (): readonly string[] =>
    Object.keys(localStorage).flatMap((key) => (key.startsWith(prefix) ? [key.slice(prefix.length)] : [])),
  has: (personaId: string): boolean => localStorage.getItem(prefix + personaId) !== null,
  set: (personaId: string, isOwed: boolean) => {
    if (isOwed) localStorage.setItem(prefix + personaId, 'yes')
    else localStorage.removeItem(prefix + personaId)
  },
}
