import { readFile, writeFile } from 'node:fs/promises'
import { Schema } from 'effect'
import { ed25519 } from '#proof/signed-text.ts'
import { Problem } from './problem.ts'

/** A key of the auditor's own: Ed25519, as a JWK in a file that he keeps. */
export interface LocalKey {
  readonly privateKey: CryptoKey
  /** base64url. */
  readonly publicKey: string
}

/** The key in the file; where there is no file, a new one, which only its owner may read. */
export const localKey = async (path: string): Promise<LocalKey> => {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return newKey(path)
    throw new Problem(`The key “${path}” cannot be read.`)
  })
  const jwk = decode(text)
  const privateKey = jwk._tag === 'None' ? undefined : await imported(jwk.value)
  if (jwk._tag === 'None' || privateKey === undefined) throw new Problem(`“${path}” holds no key of this program’s.`)
  return { privateKey, publicKey: jwk.value.x }
}

const newKey = async (path: string): Promise<string> => {
  const pair = (await crypto.subtle.generateKey(ed25519, true, ['sign', 'verify'])) as CryptoKeyPair // of an algorithm with two keys
  const { kty, crv, x, d } = await crypto.subtle.exportKey('jwk', pair.privateKey)
  const text = `${JSON.stringify({ kty, crv, x, d })}\n`
  await writeFile(path, text, { mode: 0o600, flag: 'wx' }).catch(() => {
    throw new Problem(`The key “${path}” cannot be written.`)
  })
  return text
}

const Jwk = Schema.Struct({
  kty: Schema.Literal('OKP'),
  crv: Schema.Literal('Ed25519'),
  x: Schema.String,
  d: Schema.String,
})
const decode = Schema.decodeOption(Schema.parseJson(Jwk))

const imported = (jwk: typeof Jwk.Type) =>
  crypto.subtle.importKey('jwk', { ...jwk }, ed25519, false, ['sign']).catch(() => undefined)
