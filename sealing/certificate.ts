import { Data, Encoding, Option, Schema } from 'effect'

/**
 * What a server signs when it has destroyed keys. The signature is Ed25519 over the UTF-8 of `statement`, so that nobody
 * has to agree on how JSON is written; key and signature are base64url.
 */
export const Certificate = Schema.Struct({
  statement: Schema.String,
  publicKey: Schema.String,
  signature: Schema.String,
})
export type Certificate = typeof Certificate.Type

const Statement = Schema.Struct({
  certificate: Schema.Literal('pjai erasure 1'),
  storeId: Schema.String,
  destroyed: Schema.optional(Schema.Array(Schema.Struct({ keyId: Schema.String, at: Schema.Date }))),
  /** All keys of the store: how many, and SHA-256 over their ids, sorted, one a line. */
  everything: Schema.optional(Schema.Struct({ keys: Schema.Int, sha256: Schema.String })),
  issuedAt: Schema.Date,
})
export type Statement = typeof Statement.Type

export interface Expected {
  readonly storeId: string
  /** The keys that were to be destroyed; none when it was all. */
  readonly keyIds?: readonly string[]
}

/** What a certificate states, when its signature holds and it states what was expected. */
export const verifyCertificate = async (
  certificate: unknown,
  { storeId, keyIds }: Expected,
): Promise<Statement | CertificateBroken> => {
  const decoded = decodeCertificate(certificate)
  if (Option.isNone(decoded) || !(await isSigned(decoded.value))) return new CertificateBroken()
  const statement = decodeStatement(decoded.value.statement)
  if (Option.isNone(statement) || statement.value.storeId !== storeId) return new CertificateBroken()
  const { destroyed = [], everything } = statement.value
  const isWhole =
    keyIds === undefined
      ? everything !== undefined
      : keyIds.every((keyId) => destroyed.some((key) => key.keyId === keyId))
  return isWhole ? statement.value : new CertificateBroken()
}

const isSigned = async ({ statement, publicKey, signature }: Certificate): Promise<boolean> => {
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

const ed25519 = { name: 'Ed25519' }

const decodeCertificate = Schema.decodeUnknownOption(Certificate)
const decodeStatement = Schema.decodeOption(Schema.parseJson(Statement))

export class CertificateBroken extends Data.TaggedError('CertificateBroken') {
  override get message() {
    return 'The server’s certificate does not hold: it is not signed, or says something else than was asked for.'
  }
}
