/** Sealed, a chunk of so many plain bytes still fits into a blob, and is little enough to be tried again. */
export const chunkBytes = 4_194_304

interface Content {
  readonly bytes: number
  readonly chunkBytes: number
}

/** How many chunks a file has; undefined when what its fact says cannot be a file of ours. */
export const chunkCountOf = ({ bytes, chunkBytes }: Content): number | undefined => {
  const count = Math.ceil(bytes / chunkBytes)
  return chunkBytes > 0 && count >= 1 && count <= 2000 ? count : undefined
}

/** The plain bytes of a chunk: from, and up to but not including. */
export const chunkRange = ({ bytes, chunkBytes }: Content, index: number): readonly [from: number, to: number] => [
  index * chunkBytes,
  Math.min(bytes, (index + 1) * chunkBytes),
]
