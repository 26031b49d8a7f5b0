import { ed25519 } from '#proof/signed-text.ts'
import { ensureTables } from '#sync-worker/tables.ts'

/** What this server signs with: Ed25519, made at first use, the same for ever. Of two made at once the first one stays. */
export interface SigningKey {
  readonly privateKey: CryptoKey
  /** 32 bytes as base64url. */
  readonly publicKey: string
}

export const signingKeyOf = async (db: D1Database): Promise<SigningKey> => {
  await ensureTables(db)
  const key = (await read(db)) ?? (await make(db))
  if (key === undefined) throw new Error('The server has no signing key.') // our bug: it was written just before
  return key
}

const read = async (db: D1Database): Promise<SigningKey | undefined> => {
  const row = await db.prepare("SELECT value FROM secrets WHERE name = 'signing'").first<{ value: string }>()
  if (row === null) return undefined
  const jwk: JsonWebKey = JSON.parse(row.value)
  return { privateKey: await crypto.subtle.importKey('jwk', jwk, ed25519, false, ['sign']), publicKey: jwk.x ?? '' }
}

const make = async (db: D1Database) => {
  const pair = (await crypto.subtle.generateKey(ed25519, true, ['sign', 'verify'])) as CryptoKeyPair // of an algorithm with two keys
  const jwk = await crypto.subtle.exportKey('jwk', pair.privateKey)
  await db
    .prepare("INSERT INTO secrets (name, value) VALUES ('signing', ?) ON CONFLICT DO NOTHING")
    .bind(JSON.stringify(jwk))
    .run()
  return read(db)
}
