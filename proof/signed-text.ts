import { Encoding, Schema } from 'effect'

/**
 * A text that somebody signed: Ed25519 over the UTF-8 of `statement`, so that nobody has to agree on how JSON is written.
 * Key and signature are base64url.
 */
export const SignedText = Schema.Struct({
  statement: Schema.String,
  publicKey: Schema.String,
  signature: Schema.String,
})
export type SignedText = typeof SignedText.Type

export const isSigned = async ({ statement, publicKey, signature }: SignedText): Promise<boolean> => {
  const [keyBytes, signed] = [publicKey, signature].map((text) => Encoding.decodeBase64Url(text))
  if (keyBytes?._tag !== 'Right' || signed?._tag !== 'Right') return false
  try {
    const key = await crypto.subtle.importKey('raw', new Uint8Array(keyBytes.right), ed25519, false, ['verify'])
    const text = new TextEncoder().encode(statement)
    return await crypto.subtle.verify(ed25519, key, new Uint8Array(signed.right), text)
  } catch {
    return false
  }
}

/** Of the text's UTF-8, as base64url. */
export const signText = async (privateKey: CryptoKey, text: string): Promise<string> =>
  Encoding.encodeBase64Url(
    new Uint8Array(await crypto.subtle.sign(ed25519, privateKey, new TextEncoder().encode(text))),
  )

export const ed25519 = { name: 'Ed25519' }
