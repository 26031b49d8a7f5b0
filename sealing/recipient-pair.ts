import { Encoding } from 'effect'

export const ecdh = { name: 'ECDH', namedCurve: 'P-256' }

/** The key pair of a recipient of secrets (`owner-secrets.ts`). */
export const newRecipientPair = async (isExtractable = false): Promise<CryptoKeyPair> =>
  crypto.subtle.generateKey(ecdh, isExtractable, ['deriveBits'])

export const publicKeyToText = async ({ publicKey }: Pick<CryptoKeyPair, 'publicKey'>): Promise<string> =>
  Encoding.encodeBase64(new Uint8Array(await crypto.subtle.exportKey('raw', publicKey)))
