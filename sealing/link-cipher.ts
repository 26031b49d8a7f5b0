import { Encoding } from 'effect'
import { newSecret, secretFromText, secretToText } from './store-secret.ts'

/** A key that stands in the fragment of a link, which no browser sends to a server: 43 letters, digits, - and _. */
export const newLinkKey = (): string => secretToText(newSecret())

/** Throws what is no key. */
export const linkCipherKey = (linkKey: string): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', secretFromText(linkKey) ?? new Uint8Array(), 'AES-GCM', false, ['encrypt', 'decrypt'])

/** `purpose`: what is sealed for one opens for no other. */
export const sealByLink = async (linkKey: string, purpose: string, text: string): Promise<string> => {
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const cipher = { name: 'AES-GCM', iv, additionalData: utf8.encode(purpose) }
  const sealed = await crypto.subtle.encrypt(cipher, await linkCipherKey(linkKey), utf8.encode(text))
  return Encoding.encodeBase64(new Uint8Array([...iv, ...new Uint8Array(sealed)]))
}

/** Throws what does not open. */
export const openByLink = async (linkKey: string, purpose: string, sealed: string): Promise<string> => {
  const bytes = Encoding.decodeBase64(sealed)
  if (bytes._tag === 'Left') throw bytes.left
  const [iv, rest] = [new Uint8Array(bytes.right.slice(0, 12)), new Uint8Array(bytes.right.slice(12))]
  const cipher = { name: 'AES-GCM', iv, additionalData: utf8.encode(purpose) }
  return new TextDecoder().decode(await crypto.subtle.decrypt(cipher, await linkCipherKey(linkKey), rest))
}

const utf8 = new TextEncoder()
