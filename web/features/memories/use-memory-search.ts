import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import type { MemorySearch } from './memory-search.ts'

type Narrowing = Omit<MemorySearch, 'memory' | 'history' | 'review'>

/** A value to take, or undefined to drop it. */
export type SearchChange = { readonly [K in keyof MemorySearch]?: string | undefined }

/** The address is the state of the Explorer. Opening a memory is a step one can go back from; narrowing is not. */
export const useMemorySearch = () => {
  // Every room's search is text by name, see the router; the Explorer knows these names.
  const search: MemorySearch = useSearch({ from: '/p/$personaId/memories' })
  const navigate = useNavigate({ from: '/p/$personaId/memories' })
  const change = useCallback(
    (changed: SearchChange, { replace = true }: { readonly replace?: boolean } = {}) =>
      void navigate({
        to: '.',
        search: (previous) => withoutEmpty({ ...previous, ...changed }),
        replace,
      }),
    [navigate],
  )
  const { memory: openId, history, review, ...narrowing } = search
  const json = JSON.stringify(narrowing)
  // The same as long as it says the same: opening a memory renders no filter anew.
  return { openId, history, review, narrowing: useMemo(() => JSON.parse(json) as Narrowing, [json]), change }
}

const withoutEmpty = (search: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(search).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== ''),
  )
