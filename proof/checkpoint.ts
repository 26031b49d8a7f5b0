import { Option, Schema } from 'effect'
import type { LogStart } from './chain.ts'
import type { SignedText } from './signed-text.ts'

/** What the server states of a log: up to event `seq` the chain has this hash. Signed, it can never say otherwise. */
const Statement = Schema.Struct({
  checkpoint: Schema.Literal('pjai checkpoint 1'),
  storeId: Schema.String,
  epoch: Schema.NonNegativeInt,
  logId: Schema.String,
  seq: Schema.NonNegativeInt,
  hash: Schema.String,
  at: Schema.String,
})
export type CheckpointStatement = typeof Statement.Type

/** The text that is signed. */
export const checkpointText = (start: LogStart, seq: number, hash: string, at: Date): string => {
  const { storeId, epoch, logId } = start
  const statement: CheckpointStatement = {
    checkpoint: 'pjai checkpoint 1',
    storeId,
    epoch,
    logId,
    seq,
    hash,
    at: at.toISOString(),
  }
  return JSON.stringify(statement)
}

/** What a checkpoint says, whoever signed it; undefined when it is none. */
export const statementIn = ({ statement }: SignedText): CheckpointStatement | undefined =>
  Option.getOrUndefined(decode(statement))

const decode = Schema.decodeUnknownOption(Schema.parseJson(Statement))

/** A checkpoint that a device had verified the log up to, and signed in its turn. */
export const Anchor = Schema.Struct({
  checkpoint: Schema.Struct({ statement: Schema.String, publicKey: Schema.String, signature: Schema.String }),
  deviceId: Schema.String,
  devicePublicKey: Schema.String,
  deviceSignature: Schema.String,
})
export type Anchor = typeof Anchor.Type

/** The text that the device signs: what the server said, and that it signed it. */
export const anchorText = (deviceId: string, { statement, signature }: SignedText): string =>
  `pjai anchor 1\n${deviceId}\n${signature}\n${statement}`

/** An anchor as what its device signed. */
export const signedByDevice = ({ checkpoint, deviceId, devicePublicKey, deviceSignature }: Anchor): SignedText => ({
  statement: anchorText(deviceId, checkpoint),
  publicKey: devicePublicKey,
  signature: deviceSignature,
})
