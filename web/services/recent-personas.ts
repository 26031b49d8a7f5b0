import { isId } from '#schema/shared/ids.ts'
import { session } from '#web/livestore/session.ts'

/**
 * Which personas this device used last, newest first: what a device shows is its own affair, so it stays out of the log.
 */
const key = `pjai.recentPersonas.${session.workspaceId}`
const limit = 20

const read = (): readonly string[] => {
  const found: unknown = JSON.parse(localStorage.getItem(key) ?? '[]')
  return Array.isArray(found) ? found.filter((id) => typeof id === 'string' && isId(id)) : []
}

let recent = read()
const listeners = new Set<() => void>()

export const recentPersonaIds = (): readonly string[] => recent

export const rememberPersona = (personaId: string) => {
  if (recent[0] === personaId) return
  recent = [personaId, ...recent.filter((id) => id !== personaId)].slice(0, limit)
  localStorage.setItem(key, JSON.stringify(recent))
  for (const listener of listeners) listener()
}

export const subscribeToRecentPersonas = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
