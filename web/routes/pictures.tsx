import { useNavigate, useSearch } from '@tanstack/react-router'
import { PicturesRoom } from '#web/features/attachments/pictures-room.tsx'

export default function Pictures() {
  const search: Readonly<Record<string, string | undefined>> = useSearch({ strict: false })
  const { persona, of, picture } = search
  const navigate = useNavigate()
  return (
    <PicturesRoom
      personaId={persona}
      open={of === undefined || picture === undefined ? undefined : { personaId: of, attachmentId: picture }}
      // The router drops what is undefined.
      onChange={(change) =>
        void navigate({ to: '/pictures', replace: true, search: { ...search, ...change } as Record<string, string> })
      }
    />
  )
}
