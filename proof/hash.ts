import { sha256 } from '@noble/hashes/sha2.js'
import { createSHA256 } from 'hash-wasm'

export type Hash = (bytes: Uint8Array) => Uint8Array

/** SHA-256 of what comes in pieces. */
export interface PieceHash {
  readonly init: () => void
  readonly update: (piece: Uint8Array) => void
  readonly digestHex: () => string
}

/** SHA-256 for many short texts: several times as fast as in JavaScript, by Node's own or where WebAssembly may be compiled. */
export const makeHash = async (): Promise<Hash> => {
  const { hash } = nodeCrypto ?? {}
  if (hash !== undefined) return (bytes) => hash('sha256', bytes, 'buffer')
  try {
    const hasher = await createSHA256()
    return (bytes) => hasher.init().update(bytes).digest('binary')
  } catch {
    return sha256
  }
}

export const makePieceHash = async (): Promise<PieceHash> => {
  if (nodeCrypto !== undefined) {
    let hasher = nodeCrypto.createHash('sha256')
    return {
      init: () => {
        hasher = nodeCrypto.createHash('sha256')
      },
      update: (piece) => hasher.update(piece),
      digestHex: () => hasher.digest('hex'),
    }
  }
  const hasher = await createSHA256()
  return { init: () => hasher.init(), update: (piece) => hasher.update(piece), digestHex: () => hasher.digest('hex') }
}

interface NodeCrypto {
  readonly hash?: (name: 'sha256', bytes: Uint8Array, as: 'buffer') => Uint8Array
  readonly createHash: (name: 'sha256') => { update(piece: Uint8Array): void; digest(as: 'hex'): string }
}

/** Asked for and not imported: the same module runs in pages, which have none that answers at once. */
const { process } = globalThis as { process?: { getBuiltinModule?: (name: string) => NodeCrypto } }
const nodeCrypto = process?.getBuiltinModule?.('node:crypto')
