import type { Images } from '#schema/stores/hydration.ts'
import { openSnapshot, SnapshotClosed, sealSnapshot } from '#sealing/sealed-snapshot.ts'

// The bytes of a snapshot: the databases one after the other, deflated, sealed.

export const imagesToFile = async ({ eventlog, state }: Images, key: CryptoKey): Promise<Uint8Array<ArrayBuffer>> => {
  const both = new Blob([eventlog, state].map((image) => image as Uint8Array<ArrayBuffer>)) // SQLite’s memory is not shared
  return sealSnapshot(key, await passed(both, new CompressionStream('deflate-raw')))
}

/** `eventlogBytes`: how many of them are the log's. */
export const fileToImages = async (
  file: Uint8Array<ArrayBuffer>,
  key: CryptoKey,
  eventlogBytes: number,
): Promise<Images | SnapshotClosed> => {
  const packed = await openSnapshot(key, file)
  if (packed instanceof SnapshotClosed) return packed
  const both = await passed(new Blob([packed]), new DecompressionStream('deflate-raw'))
  return { eventlog: both.subarray(0, eventlogBytes), state: both.subarray(eventlogBytes) }
}

const passed = async (bytes: Blob, through: CompressionStream | DecompressionStream) =>
  new Uint8Array(await new Response(bytes.stream().pipeThrough(through)).arrayBuffer())
