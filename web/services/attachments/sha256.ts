import { createSHA256 } from 'hash-wasm'

/** SHA-256 over bytes that come piece by piece: WebCrypto wants all of them at once. */
export const newSha256 = async () => {
  const hash = await createSHA256()
  return {
    update: (bytes: Uint8Array) => {
      hash.update(bytes)
    },
    /** In hexadecimal. */
    digest: () => hash.digest('hex'),
  }
}
