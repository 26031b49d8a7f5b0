import { chunkRange } from '#schema/attachments/chunks.ts'
import type { Chunks } from './transfer.ts'

/** The chunks of what is in memory, or has its room there. */
export const chunksInMemory = (chunkBytes: number, whole: Uint8Array<ArrayBuffer>): Chunks => ({
  has: async () => false,
  read: async (index) =>
    index === 'thumbnail' ? undefined : whole.subarray(...chunkRange({ bytes: whole.byteLength, chunkBytes }, index)),
  write: async (index, plain) => {
    if (index !== 'thumbnail') whole.set(plain, index * chunkBytes)
  },
})
