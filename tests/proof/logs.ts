import { bytesToHex } from '@noble/hashes/utils.js'
import { Encoding } from 'effect'
import { type Entry, entryFormat, type LogStart, linkHash, startHash } from '#proof/chain.ts'
import { type Anchor, anchorText, checkpointText } from '#proof/checkpoint.ts'
import { ed25519, type SignedText, signText } from '#proof/signed-text.ts'

export const start: LogStart = { storeId: 'persona_ada', epoch: 1, logId: 'log-of-ada' }

/** A log as a server chains it: two people on three devices, a few events found later. */
export const logOf = (length: number, of: LogStart = start): readonly Entry[] => {
  const entries: Entry[] = []
  for (let n = 1; n <= length; n++) entries.push(linked(entries.at(-1), eventOf(n, of), of))
  return entries
}

/** The entry with the hash that follows from the one before it. */
export const linked = (previous: Entry | undefined, entry: Omit<Entry, 'hash'>, of: LogStart = start): Entry => {
  const before = previous === undefined ? startHash(of) : Uint8Array.from(Buffer.from(previous.hash, 'hex'))
  return { ...entry, hash: bytesToHex(linkHash(before, entry)) }
}

/** The same events with what was done to them, chained anew from the first. */
export const rechained = (entries: readonly Entry[], of: LogStart = start): readonly Entry[] => {
  const done: Entry[] = []
  for (const entry of entries) done.push(linked(done.at(-1), entry, of))
  return done
}

const eventOf = (n: number, { storeId, epoch }: LogStart): Omit<Entry, 'hash'> => {
  const isFound = n % 11 === 0
  return {
    format: entryFormat,
    storeId,
    epoch,
    n,
    parent: n - 1,
    name: 'v1.Sealed',
    args: JSON.stringify({
      keyId: `key${n % 7}`.padEnd(22, '_'),
      nonce: String(n).padStart(16, '0'),
      ciphertext: Buffer.from(`${storeId} says ${n} `.repeat(1 + (n % 9))).toString('base64'),
    }),
    device: `device${n % 3}`,
    session: `session${n % 5}`,
    actor: isFound ? null : `account${n % 2}`,
    acceptedAt: 1_772_000_000_000 + 1000 * n,
    foundAt: isFound ? 1_772_100_000_000 : null,
  }
}

export interface Signer {
  readonly publicKey: string
  readonly sign: (text: string) => Promise<string>
}

export const newSigner = async (): Promise<Signer> => {
  const pair = (await crypto.subtle.generateKey(ed25519, true, ['sign', 'verify'])) as CryptoKeyPair // of an algorithm with two keys
  const raw = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey))
  return { publicKey: Encoding.encodeBase64Url(raw), sign: (text) => signText(pair.privateKey, text) }
}

export const checkpointAt = async (signer: Signer, { n, hash }: Entry, of: LogStart = start): Promise<SignedText> => {
  const statement = checkpointText(of, n, hash, new Date('2026-03-01T10:00:00.000Z'))
  return { statement, publicKey: signer.publicKey, signature: await signer.sign(statement) }
}

export const anchorAt = async (device: Signer, checkpoint: SignedText): Promise<Anchor> => ({
  checkpoint,
  deviceId: 'laptop',
  devicePublicKey: device.publicKey,
  deviceSignature: await device.sign(anchorText('laptop', checkpoint)),
})
