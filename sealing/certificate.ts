import { Data, Option, Schema } from 'effect'
import { isSigned, SignedText } from '#proof/signed-text.ts'

/** What a server signs when it has destroyed keys. */
export type Certificate = SignedText

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

const decodeCertificate = Schema.decodeUnknownOption(SignedText)
const decodeStatement = Schema.decodeOption(Schema.parseJson(Statement))

export class CertificateBroken extends Data.TaggedError('CertificateBroken') {
  override get message() {
    return 'The server’s certificate does not hold: it is not signed, or says something else than was asked for.'
  }
}
