import { useNavigate, useSearch } from '@tanstack/react-router'
import { fileSearchOf } from '#web/features/attachments/file-search.ts'
import { FilesRoom } from '#web/features/attachments/files-room.tsx'

export default function Files() {
  const search: Readonly<Record<string, string | undefined>> = useSearch({ strict: false })
  const navigate = useNavigate()
  return (
    <FilesRoom
      search={fileSearchOf(search)}
      onChange={(change) =>
        void navigate({
          to: '.',
          replace: true,
          search: (before) =>
            Object.fromEntries(Object.entries({ ...before, ...change }).filter(([, value]) => value !== undefined)),
        })
      }
    />
  )
}
