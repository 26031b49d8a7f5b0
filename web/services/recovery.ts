import { Schema } from '@livestore/livestore'
import {
  KeyringBroken,
  NoRecoveryWords,
  newRecoveryWords,
  openKeyring,
  recoveryKeyFrom,
} from '#sealing/recovery-key.ts'
import { enterAccount, signIn } from '#web/livestore/sign-in.ts'
import { keepSealed, sealHere } from './sealed-keyrings.ts'
import { ask } from './server.ts'
import { enterWorkspace } from './workspaces.ts'

/** When the key was made that opens this account, null if none was, or why that is not known. */
export const recoveryMadeAt = async (): Promise<Date | null | Error> => {
  const answer = await ask('GET', '/api/recovery')
  return answer instanceof Error ? answer : decodeMadeAt(answer).madeAt
}

const decodeMadeAt = Schema.decodeUnknownSync(Schema.Struct({ madeAt: Schema.NullOr(Schema.Date) }))

/** Seals the keys of all workspaces on this device by a new recovery key. Gives its words: they are kept nowhere. */
export const makeRecoveryKey = async (): Promise<string | Error> => {
  const words = newRecoveryWords()
  const key = await recoveryKeyFrom(words)
  if (key instanceof NoRecoveryWords) return key
  const { keyring, handOver } = await sealHere(key)
  const answer = await ask('PUT', '/api/recovery', { id: key.id, proof: key.proof, keyring })
  if (answer instanceof Error) return answer
  return (await handOver('recovery')) ?? words
}

/** Makes this a device of the account that the words open, and shows its workspace. */
export const recover = async (written: string): Promise<Error | undefined> => {
  const key = await recoveryKeyFrom(written)
  if (key instanceof NoRecoveryWords) return key
  await signIn()
  const answer = await enterAccount(() => ask('POST', '/api/recovery/use', { id: key.id, proof: key.proof }))
  if (answer instanceof Error) return answer
  const keyring = await openKeyring(key, decodeKeyring(answer).keyring)
  if (keyring instanceof KeyringBroken) return keyring
  const kept = await keepSealed('recovery', keyring)
  if (kept instanceof Error) return kept
  const [first] = kept
  if (first !== undefined) enterWorkspace(first)
  return undefined
}

const decodeKeyring = Schema.decodeUnknownSync(Schema.Struct({ keyring: Schema.String }))
