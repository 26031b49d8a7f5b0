/** What a person does with a file: looks, reads, listens, watches. */
export const fileKinds = ['image', 'pdf', 'text', 'audio', 'video'] as const
export type FileKind = (typeof fileKinds)[number]

const types: Readonly<Record<FileKind, readonly string[]>> = {
  image: ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif', 'image/bmp', 'image/svg+xml'],
  pdf: ['application/pdf'],
  text: ['text/plain', 'text/markdown', 'text/csv', 'text/html', 'application/json', 'application/xml'],
  audio: ['audio/mpeg', 'audio/mp4', 'audio/ogg', 'audio/wav', 'audio/flac', 'audio/webm'],
  video: ['video/mp4', 'video/webm', 'video/quicktime', 'video/ogg'],
}

/** Undefined for what may not be kept. */
export const kindOf = (mediaType: string): FileKind | undefined =>
  fileKinds.find((kind) => types[kind].includes(mediaType))

export const isAllowedType = (mediaType: string): boolean => kindOf(mediaType) !== undefined

export const typesOf = (kind: FileKind): readonly string[] => types[kind]

/** As it may be shown: marks that turn or hide letters would make `gpj.exe` of a name that says `exe.jpg`. */
export const shownName = (name: string): string => name.replace(/[\p{Cc}\p{Cf}]/gu, '').trim() || 'A file'
