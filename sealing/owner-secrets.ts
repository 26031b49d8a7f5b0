import { Data, Encoding, Schema } from 'effect'
import { ecdh, newRecipientPair, publicKeyToText } from './recipient-pair.ts'
import { secretFromText, secretToText } from './store-secret.ts'

/**
 * How the owner's secret changes, so that a device that was signed out holds an old one.
 *
 *     S0 ◄──sealed under S1── change 1 ──sealed to each recipient──► S1 ◄──under S2── change 2 ──► S2 …
 *
 * A recipient is what may open the next secret: a device that is signed in, the recovery key, a passkey. Each has a key
 * pair (ECDH, P-256), of which the server keeps the public half beside a proof that its owner held the secret of then.
 *
 * Invariants: whoever has one secret and hears the changes has all before it, so links and keyrings carry the newest alone;
 * a change that was not made by a holder of the secret before it does not open; the server reads none of them.
 */
export const Recipient = Schema.Struct({
  recipientId: Schema.String,
  /** 65 bytes, as base64. */
  publicKey: Schema.String,
  proof: Schema.String,
})
export type Recipient = typeof Recipient.Type

/** The step to secret number `era`; the first secret of a workspace has number 0. */
export const SecretChange = Schema.Struct({
  era: Schema.Number,
  /** The public half of a pair made for this change alone. */
  publicKey: Schema.String,
  /** The secret before, under this one. */
  previous: Schema.String,
  /** This secret, by recipient. */
  sealed: Schema.Record({ key: Schema.String, value: Schema.String }),
})
export type SecretChange = typeof SecretChange.Type

type Secret = Uint8Array<ArrayBuffer>

/** Who may open the secrets that come: the private half of a recipient. */
export interface RecipientKey {
  readonly recipientId: string
  readonly privateKey: CryptoKey
}

/** That whoever holds this secret means this key by this id. */
export const proveRecipient = async (
  secret: Secret,
  storeId: string,
  { recipientId, publicKey }: Omit<Recipient, 'proof'>,
): Promise<string> => {
  const key = await deriveKey(secret, storeId, 'pjai recipient 1', { name: 'HMAC', hash: 'SHA-256', length: 256 }, [
    'sign',
  ])
  const proof = await crypto.subtle.sign('HMAC', key, bound(storeId, recipientId, publicKey))
  return Encoding.encodeBase64(new Uint8Array(proof))
}

/** Those whom a holder of the secret named. What the server made up is left out. */
export const provenRecipients = async (
  secret: Secret,
  storeId: string,
  recipients: readonly Recipient[],
): Promise<readonly Recipient[]> => {
  const proofs = await Promise.all(recipients.map((recipient) => proveRecipient(secret, storeId, recipient)))
  return recipients.filter(({ proof }, index) => proof === proofs[index])
}

export const sealChange = async (
  storeId: string,
  era: number,
  { from, to }: { readonly from: Secret; readonly to: Secret },
  recipients: readonly Recipient[],
): Promise<SecretChange> => {
  const pair = await newRecipientPair()
  const publicKey = await publicKeyToText(pair)
  const sealedTo = async ({ recipientId, publicKey: recipientKey }: Recipient) => {
    const key = await sharedKey(storeId, recipientId, pair.privateKey, recipientKey)
    return [recipientId, await seal(key, to, bound(storeId, era, recipientId))] as const
  }
  return {
    era,
    publicKey,
    previous: await seal(await backwardKey(to, storeId), from, bound(storeId, era)),
    sealed: Object.fromEntries(await Promise.all(recipients.map(sealedTo))),
  }
}

/**
 * All secrets that follow from one, the oldest first: those before it, and those after it as far as `mine` opens them.
 * `changes` in order. Throws `SecretChangeBroken` when one is not what a holder of the secret before it made.
 */
export const secretsFrom = async (
  storeId: string,
  known: Secret,
  changes: readonly SecretChange[],
  mine: readonly RecipientKey[] = [],
): Promise<readonly Secret[]> => {
  const era = await eraOf(storeId, known, changes)
  const secrets = [known]
  for (const change of changes.slice(0, era).reverse()) {
    const [newest = known] = secrets
    const before = await openPrevious(storeId, newest, change)
    if (before === undefined) throw new SecretChangeBroken()
    secrets.unshift(before)
  }
  for (const change of changes.slice(era)) {
    const next = await openMine(storeId, change, mine)
    if (next === undefined) break
    const before = await openPrevious(storeId, next, change)
    if (before === undefined || secretToText(before) !== secretToText(secrets.at(-1) ?? known))
      throw new SecretChangeBroken()
    secrets.push(next)
  }
  return secrets
}

/** A secret is of the change whose predecessor it opens; if of none, the first. */
const eraOf = async (storeId: string, secret: Secret, changes: readonly SecretChange[]): Promise<number> => {
  for (const change of [...changes].reverse())
    if ((await openPrevious(storeId, secret, change)) !== undefined) return change.era
  return 0
}

const openPrevious = async (storeId: string, secret: Secret, { era, previous }: SecretChange) =>
  open(await backwardKey(secret, storeId), previous, bound(storeId, era))

const openMine = async (
  storeId: string,
  { era, publicKey, sealed }: SecretChange,
  mine: readonly RecipientKey[],
): Promise<Secret | undefined> => {
  for (const { recipientId, privateKey } of mine) {
    const text = sealed[recipientId]
    if (text === undefined) continue
    const key = await sharedKey(storeId, recipientId, privateKey, publicKey)
    const secret = await open(key, text, bound(storeId, era, recipientId))
    if (secret !== undefined) return secret
  }
  return undefined
}

const aes = { name: 'AES-GCM', length: 256 }
const utf8 = new TextEncoder()
const bound = (...parts: readonly (string | number)[]) => utf8.encode(JSON.stringify(['pjai secret 1', ...parts]))

const backwardKey = (secret: Secret, storeId: string) =>
  deriveKey(secret, storeId, 'pjai secret before 1', aes, ['encrypt', 'decrypt'])

const sharedKey = async (storeId: string, recipientId: string, privateKey: CryptoKey, publicKey: string) => {
  const raw = Encoding.decodeBase64(publicKey)
  if (raw._tag === 'Left') throw new SecretChangeBroken()
  const other = await crypto.subtle.importKey('raw', new Uint8Array(raw.right), ecdh, false, [])
  const shared = await crypto.subtle.deriveBits({ name: 'ECDH', public: other }, privateKey, 256)
  return deriveKey(new Uint8Array(shared), storeId, `pjai secret for ${recipientId} 1`, aes, ['encrypt', 'decrypt'])
}

const deriveKey = async (
  from: Secret,
  storeId: string,
  purpose: string,
  type: AesKeyGenParams | HmacKeyGenParams,
  usages: readonly KeyUsage[],
) => {
  const key = await crypto.subtle.importKey('raw', from, 'HKDF', false, ['deriveKey'])
  const hkdf = { name: 'HKDF', hash: 'SHA-256', salt: utf8.encode(storeId), info: utf8.encode(purpose) }
  return crypto.subtle.deriveKey(hkdf, key, type, false, usages)
}

const seal = async (key: CryptoKey, secret: Secret, additionalData: BufferSource): Promise<string> => {
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const sealed = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData },
    key,
    utf8.encode(secretToText(secret)),
  )
  return Encoding.encodeBase64(new Uint8Array([...iv, ...new Uint8Array(sealed)]))
}

const open = async (key: CryptoKey, text: string, additionalData: BufferSource): Promise<Secret | undefined> => {
  const bytes = Encoding.decodeBase64(text)
  if (bytes._tag === 'Left') return undefined
  const [iv, rest] = [new Uint8Array(bytes.right.slice(0, 12)), new Uint8Array(bytes.right.slice(12))]
  return crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData }, key, rest).then(
    (secret) => secretFromText(new TextDecoder().decode(secret)),
    () => undefined,
  )
}

export class SecretChangeBroken extends Data.TaggedError('SecretChangeBroken') {
  override get message() {
    return 'The server offers a change of keys that none of your devices made. Nothing was taken from it.'
  }
}
