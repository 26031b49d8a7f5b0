import { useLocation } from '@tanstack/react-router'
import { useEffect, useState } from 'react'

/** What the address says after its #. It opens something: read once, then taken out, so that it stays in no history and on no screen. */
export const useSecretFragment = (): string => {
  const hash = useLocation({ select: (location) => location.hash })
  const [seen, setSeen] = useState(hash)
  if (hash !== '' && hash !== seen) setSeen(hash)
  useEffect(() => {
    if (hash !== '') history.replaceState(history.state, '', location.pathname)
  }, [hash])
  return seen
}
