import { chunkBytes } from '#schema/attachments/chunks.ts'
import type { FileFacts } from '#schema/attachments/events.ts'
import { kindOf } from '#schema/attachments/kinds.ts'
import { encodingOf, mediaTypeOf } from '#schema/attachments/media-type.ts'

/** What the first bytes of a file say; no type when it is none that may be kept. */
export const firstLook = async (file: File): Promise<Pick<FileFacts, 'name' | 'mediaType' | 'bytes' | 'encoding'>> => {
  const head = new Uint8Array(await file.slice(0, 65_536).arrayBuffer())
  const mediaType = mediaTypeOf(head, file.name) ?? ''
  const encoding = kindOf(mediaType) === 'text' ? encodingOf(head) : undefined
  return { name: file.name.trim(), mediaType, bytes: file.size, ...(encoding === undefined ? {} : { encoding }) }
}

/** What only its reader can tell: a file that cannot be read as what it is keeps its place, without these. */
export const closeLook = async (
  file: File,
  { mediaType }: Pick<FileFacts, 'mediaType'>,
): Promise<Pick<FileFacts, 'chunkBytes' | 'width' | 'height' | 'durationMs' | 'pages'>> => {
  const kind = kindOf(mediaType)
  if (kind === 'image') return { chunkBytes, ...(await sizeOf(file, mediaType)) }
  if (kind === 'audio' || kind === 'video') return { chunkBytes, ...(await lengthOf(file, kind)) }
  if (kind === 'pdf') return { chunkBytes, ...(await pagesOf(file)) }
  return { chunkBytes }
}

const sizeOf = (file: File, mediaType: string) =>
  withAddress(file, mediaType, async (address) => {
    const image = new Image()
    image.src = address
    await image.decode().catch(() => undefined)
    const { naturalWidth: width, naturalHeight: height } = image
    return width > 0 && height > 0 ? { width, height } : {}
  })

const lengthOf = (file: File, kind: 'audio' | 'video') =>
  withAddress(file, file.type, async (address) => {
    const media = document.createElement(kind)
    media.preload = 'metadata'
    media.src = address
    await new Promise((resolve) => {
      for (const event of ['loadedmetadata', 'error']) media.addEventListener(event, resolve, { once: true })
      setTimeout(resolve, 5000)
    })
    const durationMs = Math.round(media.duration * 1000)
    const size =
      media instanceof HTMLVideoElement && media.videoWidth > 0
        ? { width: media.videoWidth, height: media.videoHeight }
        : {}
    media.removeAttribute('src')
    return { ...(Number.isFinite(durationMs) && durationMs > 0 ? { durationMs } : {}), ...size }
  })

const pagesOf = async (file: File) => {
  try {
    const { openPdf } = await import('#web/ui/media/pdf.ts')
    const { document, close } = await openPdf(file)
    const pages = document.numPages
    await close()
    return { pages }
  } catch {
    return {} // damaged, locked, or the reader is not to be had offline just now
  }
}

const withAddress = async <A>(file: File, type: string, use: (address: string) => Promise<A>): Promise<A> => {
  const address = URL.createObjectURL(new Blob([file], { type }))
  try {
    return await use(address)
  } finally {
    URL.revokeObjectURL(address)
  }
}
