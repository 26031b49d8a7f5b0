import { useEffect, useRef, useState } from 'react'

/**
 * Up to which event this person had looked at the log of this persona on this device, as it was when the room was
 * entered; leaving it notes `head`. Only what the server holds keeps its number, so only that is noted.
 */
export const useSeen = (personaId: string, head: number): number => {
  const key = `pjai.logSeen.${personaId}`
  const [seen] = useState(() => Number(localStorage.getItem(key) ?? 0) || 0)
  const latest = useRef(head)
  useEffect(() => {
    latest.current = head
  }, [head])
  useEffect(() => {
    const note = () => {
      if (latest.current > seen) localStorage.setItem(key, String(latest.current))
    }
    window.addEventListener('pagehide', note)
    return () => {
      window.removeEventListener('pagehide', note)
      note()
    }
  }, [key, seen])
  return seen
}
