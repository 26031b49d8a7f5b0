import { entropyToMnemonic, mnemonicToEntropy } from '@scure/bip39'
import { wordlist } from '@scure/bip39/wordlists/english.js'
import { Data, Encoding, Schema } from 'effect'
import { argon2id } from 'hash-wasm'
import { secretFromText, secretToText } from './store-secret.ts'
import type { WorkspaceKey } from './workspace-link.ts'

/**
 * The way back when no device is left: twelve words on paper open the keyring that the server keeps sealed.
 *
 *     twelve words = 128 random bits ──argon2id──► 256 bits ──HKDF──► id      finds the keyring on the server
 *                                                                 ├─► proof   opens a session of its account
 *                                                                 └─► key     opens the keyring, on the device alone
 */
export interface RecoveryKey extends KeyringKey {
  readonly proof: string
}

/** What seals a keyring, and the id that it is bound to. */
export interface KeyringKey {
  readonly id: string
  readonly key: CryptoKey
}

export const newRecoveryWords = (): string => entropyToMnemonic(crypto.getRandomValues(new Uint8Array(16)), wordlist)

/** However they were written down: in upper case, over several lines, numbered. */
export const recoveryKeyFrom = async (written: string): Promise<RecoveryKey | NoRecoveryWords> => {
  const words = written.toLowerCase().match(/[a-z]+/g) ?? []
  try {
    return await stretch(mnemonicToEntropy(words.join(' '), wordlist))
  } catch {
    return new NoRecoveryWords({ words: words.length })
  }
}

/** The salt is no secret and always the same: there is nothing to tell keys apart by before one is found. */
const stretch = async (password: Uint8Array): Promise<RecoveryKey> => {
  const salt = utf8.encode('pjai recovery key 1')
  const cost = { parallelism: 1, iterations: 3, memorySize: 65_536, hashLength: 32 } // 64 MiB
  const stretched = await argon2id({ password, salt, ...cost, outputType: 'binary' })
  const from = await crypto.subtle.importKey('raw', new Uint8Array(stretched), 'HKDF', false, [
    'deriveBits',
    'deriveKey',
  ])
  const purpose = (info: string) => ({ name: 'HKDF', hash: 'SHA-256', salt, info: utf8.encode(info) })
  const bits = async (info: string, length: number) =>
    Encoding.encodeBase64Url(new Uint8Array(await crypto.subtle.deriveBits(purpose(info), from, length)))
  return {
    id: await bits('id', 128),
    proof: await bits('proof', 256),
    key: await crypto.subtle.deriveKey(purpose('key'), from, { name: 'AES-GCM', length: 256 }, false, [
      'encrypt',
      'decrypt',
    ]),
  }
}

/** What is found behind a recovery key or a passkey. */
export interface SealedKeyring {
  readonly workspaces: readonly WorkspaceKey[]
  /** Opens the secrets that came after; undefined in a keyring that was sealed before secrets could change. */
  readonly privateKey: CryptoKey | undefined
}

/** `privateKey` can be read: it has to be sealed. */
export const sealKeyring = async (
  { id, key }: KeyringKey,
  workspaces: readonly WorkspaceKey[],
  privateKey: CryptoKey,
): Promise<string> => {
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const text = JSON.stringify({
    workspaces: workspaces.map(({ workspaceId, secret }) => ({ workspaceId, secret: secretToText(secret) })),
    privateKey: Encoding.encodeBase64(new Uint8Array(await crypto.subtle.exportKey('pkcs8', privateKey))),
  })
  const sealed = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: utf8.encode(id) },
    key,
    utf8.encode(text),
  )
  return Encoding.encodeBase64(new Uint8Array([...iv, ...new Uint8Array(sealed)]))
}

export const openKeyring = async ({ id, key }: KeyringKey, sealed: string): Promise<SealedKeyring | KeyringBroken> => {
  try {
    const bytes = Encoding.decodeBase64(sealed)
    if (bytes._tag === 'Left') return new KeyringBroken()
    const [iv, rest] = [new Uint8Array(bytes.right.slice(0, 12)), new Uint8Array(bytes.right.slice(12))]
    const text = await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: utf8.encode(id) }, key, rest)
    const { workspaces, privateKey } = decodeKeyring(new TextDecoder().decode(text))
    return {
      workspaces: workspaces.flatMap(({ workspaceId, secret: written }) => {
        const secret = secretFromText(written)
        return secret === undefined ? [] : [{ workspaceId, secret }]
      }),
      privateKey: privateKey && (await privateKeyFrom(privateKey)),
    }
  } catch {
    return new KeyringBroken()
  }
}

const utf8 = new TextEncoder()

const privateKeyFrom = (pkcs8: Uint8Array): Promise<CryptoKey> =>
  crypto.subtle.importKey('pkcs8', new Uint8Array(pkcs8), { name: 'ECDH', namedCurve: 'P-256' }, false, ['deriveBits'])

const Workspaces = Schema.Array(Schema.Struct({ workspaceId: Schema.String, secret: Schema.String }))

/** The first keyrings were an array of workspaces. */
const Keyring = Schema.Union(
  Schema.Struct({ workspaces: Workspaces, privateKey: Schema.optional(Schema.Uint8ArrayFromBase64) }),
  Schema.transform(
    Workspaces,
    Schema.Struct({ workspaces: Schema.typeSchema(Workspaces), privateKey: Schema.optional(Schema.Never) }),
    {
      decode: (workspaces) => ({ workspaces }),
      encode: ({ workspaces }) => workspaces,
    },
  ),
)
const decodeKeyring = Schema.decodeSync(Schema.parseJson(Keyring))

export class NoRecoveryWords extends Data.TaggedError('NoRecoveryWords')<{ readonly words: number }> {
  override get message() {
    return this.words === 12
      ? 'These twelve words are no recovery key: one of them is misspelt, or they are in another order.'
      : `A recovery key has twelve words; these are ${this.words}.`
  }
}

export class KeyringBroken extends Data.TaggedError('KeyringBroken') {
  override get message() {
    return 'What the server keeps for this key does not open with it. It was changed there.'
  }
}
