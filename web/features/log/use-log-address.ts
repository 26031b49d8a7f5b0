import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import type { LogAddress } from './log-address.ts'

/** A value to take, or undefined to drop it. */
export type AddressChange = { readonly [Key in keyof LogAddress]?: LogAddress[Key] | undefined }
export type ChangeAddress = (change: AddressChange, options?: { readonly replace: boolean }) => void

/** Opening an event is a step one can go back from; narrowing is not. */
export const useLogAddress = () => {
  // Every room's search is text by name, see the router; this room knows these names.
  const { event, ...narrowing }: LogAddress = useSearch({ from: '/p/$personaId/log' })
  const navigate = useNavigate({ from: '/p/$personaId/log' })
  const change: ChangeAddress = useCallback(
    (changed, { replace } = { replace: true }) =>
      void navigate({ to: '.', search: (before) => withoutEmpty({ ...before, ...changed }), replace }),
    [navigate],
  )
  const json = JSON.stringify(narrowing)
  // The same as long as it says the same: opening an event searches nothing anew.
  const address = useMemo(() => JSON.parse(json) as LogAddress, [json]) // it was one
  return { address, event, change }
}

const withoutEmpty = (search: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(search).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== ''),
  )
