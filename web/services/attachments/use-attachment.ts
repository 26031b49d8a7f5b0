import { useEffect, useState } from 'react'
import type { AttachmentDraft } from '#schema/attachments/commands.ts'
import { kindOf } from '#schema/attachments/kinds.ts'
import type { Attachment } from '#schema/attachments/state.ts'
import { attachmentBytes, thumbnailOf } from './attachment-bytes.ts'

/** A blob of this page, with an address that lives as long as who shows it. */
export interface Shown {
  readonly blob: Blob
  readonly address: string
}

/** The bytes of an attachment once they are here; undefined while they come. `again` asks once more after a failure. */
export const useBytes = (attachment: Attachment) => {
  const [turn, setTurn] = useState(0)
  const found = useShown(`${attachment.attachmentId} ${attachment.keyId} ${turn}`, (signal) =>
    attachmentBytes(attachment.personaId, attachment.attachmentId, signal),
  )
  return { found, again: () => setTurn((turn) => turn + 1) }
}

/** The small picture of an attachment; undefined while it comes, null when there is none. */
export const useThumbnail = (attachment: Parameters<typeof thumbnailOf>[0]): Shown | null | undefined => {
  const found = useShown(`${attachment.attachmentId} ${attachment.keyId}`, async (signal) => {
    const picture = kindOf(attachment.mediaType) === 'image' ? await thumbnailOf(attachment, signal) : undefined
    return picture ?? new Error('There is none.')
  })
  return found instanceof Error ? null : found
}

/** Of a file that is no fact yet: it is on this device alone. */
export const useDraftThumbnail = (personaId: string, draft: AttachmentDraft): Shown | null | undefined =>
  useThumbnail({ ...draft, personaId, conversationId: null, keyId: null })

export const useShown = (
  key: string,
  load: (signal: AbortSignal) => Promise<Blob | Error>,
): Shown | Error | undefined => {
  const [found, setFound] = useState<{ readonly key: string; readonly shown: Shown | Error }>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says what is to be loaded
  useEffect(() => {
    const stopped = new AbortController()
    let address: string | undefined
    const show = (loaded: Blob | Error) => {
      if (stopped.signal.aborted) return
      if (loaded instanceof Blob) address = URL.createObjectURL(loaded)
      setFound({ key, shown: loaded instanceof Blob ? { blob: loaded, address: address ?? '' } : loaded })
    }
    load(stopped.signal).then(show, (error: unknown) => show(error instanceof Error ? error : new Error(String(error))))
    return () => {
      stopped.abort()
      if (address !== undefined) URL.revokeObjectURL(address)
    }
  }, [key])
  return found?.key === key ? found.shown : undefined
}
