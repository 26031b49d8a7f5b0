import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'
import type { ExplorerAddress } from './explorer-address.ts'

/** A value to take, or undefined to drop it. */
export type AddressChange = { readonly [Key in keyof ExplorerAddress]?: ExplorerAddress[Key] | undefined }
export type ChangeAddress = (change: AddressChange, options?: { readonly replace: boolean }) => void

/** Going to another store, table or question is a step one can go back from; narrowing is not. */
export const useExplorerAddress = () => {
  // Every room's search is text by name, see the router; this room knows these names.
  const address: ExplorerAddress = useSearch({ from: '/shards/explore' })
  const navigate = useNavigate({ from: '/shards/explore' })
  const change: ChangeAddress = useCallback(
    (changed, { replace } = { replace: true }) =>
      void navigate({ to: '.', search: (before) => withoutEmpty({ ...before, ...changed }), replace }),
    [navigate],
  )
  return { address, change }
}

const withoutEmpty = (search: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(search).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== ''),
  )
