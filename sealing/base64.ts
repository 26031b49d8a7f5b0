import { Encoding } from 'effect'

// Ten thousand keys and texts are read for a store that a device never had: the engine’s own, where it has one.

// Newer than the types, and than Node 20.
const quick = Uint8Array as { readonly fromBase64?: (text: string) => Uint8Array<ArrayBuffer> }

/** Undefined for what is no base64. */
export const bytesOfBase64 = (text: string): Uint8Array<ArrayBuffer> | undefined => {
  if (quick.fromBase64 === undefined) {
    const bytes = Encoding.decodeBase64(text)
    return bytes._tag === 'Left' ? undefined : new Uint8Array(bytes.right)
  }
  try {
    return quick.fromBase64(text)
  } catch {
    return undefined
  }
}
