import { useNavigate, useRouter, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'
import { type SearchAddress, SearchRoom } from '#web/features/search/search-room.tsx'

export default function Search() {
  const address: SearchAddress = useSearch({ strict: false })
  const navigate = useNavigate()
  const { history } = useRouter()
  const change = useCallback(
    (changed: SearchAddress) =>
      void navigate({
        to: '/search',
        replace: true,
        search: (before) =>
          Object.fromEntries(
            Object.entries({ ...before, ...changed }).filter((entry): entry is [string, string] => !!entry[1]),
          ),
      }),
    [navigate],
  )
  return <SearchRoom address={address} onChange={change} onOpen={(place) => history.push(place)} />
}
