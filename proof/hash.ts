import { sha256 } from '@noble/hashes/sha2.js'
import { createSHA256 } from 'hash-wasm'

export type Hash = (bytes: Uint8Array) => Uint8Array

/** SHA-256 for many short texts: three times as fast as in JavaScript, where WebAssembly may be compiled. */
export const makeHash = async (): Promise<Hash> => {
  try {
    const hasher = await createSHA256()
    return (bytes) => hasher.init().update(bytes).digest('binary')
  } catch {
    return sha256
  }
}
