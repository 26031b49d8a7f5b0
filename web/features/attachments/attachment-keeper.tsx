import { useEffect } from 'react'
import { usePersonaStore } from '#web/livestore/store-views.tsx'
import { watchUploads } from '#web/services/attachments/uploads.ts'

/** While a persona is open: brings its files to the server, and takes away what nothing names any more. */
export const AttachmentKeeper = () => {
  const store = usePersonaStore()
  useEffect(() => watchUploads(store), [store])
  return null
}
