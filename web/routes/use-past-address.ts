import { useLocation, useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useActivePersona, usePersonaIdInAddress } from './use-active-persona.ts'

/** Where in the past the address is: after event `at` of the log of persona `personaId`. */
export interface PastAddress {
  readonly at: number
  readonly personaId: string
}

/** Rooms that can show what was: those of a persona, but not who may come and who came; and the dashboard. */
const hasPast = (pathname: string): boolean =>
  /^\/p\/[^/]+(\/?$|\/(chats|memories|files|proposals|tasks)(\/|$))/.test(pathname) || pathname === '/dashboard'

/** Undefined: the address shows now. */
export const usePastAddress = (): PastAddress | undefined => {
  const isPossible = useLocation({ select: ({ pathname }) => hasPast(pathname) })
  const { at, of }: Readonly<Record<string, string | undefined>> = useSearch({ strict: false })
  const inAddress = usePersonaIdInAddress()
  const active = useActivePersona()
  const personaId = inAddress ?? of ?? active?.personaId
  if (!isPossible || personaId === undefined || !/^\d{1,15}$/.test(at ?? '')) return undefined
  // A number of another log says nothing of this one.
  if (of !== undefined && of !== personaId) return undefined
  return { at: Number(at), personaId }
}

/** Moves through the past, by replacing the address, and leaves it. */
export const usePastMoves = () => {
  const navigate = useNavigate()
  const go = (change: { readonly at: string | undefined; readonly of: string | undefined }) =>
    void navigate({ to: '.', search: (search) => ({ ...search, ...change }), replace: true, resetScroll: false })
  return {
    goTo: ({ at, personaId }: PastAddress) => go({ at: String(at), of: personaId }),
    goToNow: () => go({ at: undefined, of: undefined }),
  }
}

/** The address says whose log it counts in; what it says of another persona's log is dropped. */
export const useWholePastAddress = () => {
  const { at, of }: Readonly<Record<string, string | undefined>> = useSearch({ strict: false })
  const past = usePastAddress()
  const { goTo, goToNow } = usePastMoves()
  useEffect(() => {
    if (past !== undefined && of === undefined) goTo(past)
    if (past === undefined && at !== undefined && of !== undefined) goToNow()
  })
}
