import { Decrypter, Encrypter } from 'age-encryption'
import { Data, Option, Schema } from 'effect'
import { secretFromText, storeKeysFrom } from '#sealing/store-secret.ts'
import type { KeyTable, LaterKeys, SubjectKeys } from '#sealing/subject-keys.ts'
import { makeSubjectKeys } from '#sealing/subject-keys.ts'
import type { WrappedKey } from './contents.ts'

/** The secrets of a store, never its owner's: one for each generation of keys, or one for each that began it. */
const StoreSecrets = Schema.Struct({
  format: Schema.Literal('pjai secrets 1'),
  storeId: Schema.String,
  secrets: Schema.Array(
    Schema.Struct({ generation: Schema.NonNegativeInt, era: Schema.NonNegativeInt, secret: Schema.String }),
  ),
})
export type StoreSecrets = typeof StoreSecrets.Type

/** For whom secrets are sealed: who knows the passphrase, or holds the identity of one of the recipients (`age1…`). */
export type SealedFor = { readonly passphrase: string } | { readonly recipients: readonly string[] }

/** `work`: how hard guessing a passphrase is, as a power of two; age's own 18 takes about a second. */
export const sealSecrets = (secrets: StoreSecrets, sealedFor: SealedFor, work = 18): Promise<Uint8Array> => {
  const age = new Encrypter()
  if ('passphrase' in sealedFor) {
    age.setScryptWorkFactor(work)
    age.setPassphrase(sealedFor.passphrase)
  } else for (const recipient of sealedFor.recipients) age.addRecipient(recipient)
  return age.encrypt(JSON.stringify(secrets))
}

/** What opens them: a passphrase, or an identity (`AGE-SECRET-KEY-1…`). */
export type OpenedBy = { readonly passphrase: string } | { readonly identity: string }

export const openSecrets = async (
  sealed: Uint8Array,
  storeId: string,
  openedBy: OpenedBy,
): Promise<StoreSecrets | SecretsClosed> => {
  const age = new Decrypter()
  if ('passphrase' in openedBy) age.addPassphrase(openedBy.passphrase)
  const text = await openedText(age, sealed, openedBy)
  const secrets = Option.getOrUndefined(decode(text))
  return secrets === undefined || secrets.storeId !== storeId ? new SecretsClosed() : secrets
}

const openedText = async (age: Decrypter, sealed: Uint8Array, openedBy: OpenedBy) => {
  try {
    if ('identity' in openedBy) age.addIdentity(openedBy.identity)
    return await age.decrypt(sealed, 'text')
  } catch {
    return ''
  }
}

const decode = Schema.decodeOption(Schema.parseJson(StoreSecrets))

/** The keys of subjects that these secrets and this table give. Nothing is ever sealed by them. */
export const subjectKeysFrom = async (
  { storeId, secrets }: StoreSecrets,
  rows: readonly WrappedKey[],
): Promise<SubjectKeys | SecretsClosed> => {
  const keysOf = async (generation: number) => {
    const texts = secrets.filter((it) => it.generation === generation).toSorted((a, b) => a.era - b.era)
    const bytes = texts.map(({ secret }) => secretFromText(secret)).filter((secret) => secret !== undefined)
    return Promise.all(bytes.map((secret) => storeKeysFrom(secret, storeId)))
  }
  const [first] = await keysOf(0)
  const table: KeyTable = {
    read: async (from) => ({ rows: rows.slice(from), next: rows.length, more: false }),
    add: async () => [],
  }
  const later: LaterKeys = { of: keysOf, learn: async () => undefined }
  return first === undefined ? new SecretsClosed() : makeSubjectKeys(first, table, later)
}

export class SecretsClosed extends Data.TaggedError('SecretsClosed') {
  override get message() {
    return 'The secrets of the bundle do not open: it was sealed with another passphrase, or for somebody else.'
  }
}
