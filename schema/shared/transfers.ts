import { Data } from 'effect'
import { idFromNames } from './ids-from-names.ts'

/** The id of a thing where a transfer brought it: it follows from both, so that what is told twice is there once. */
export const receivedIdOf = (id: string, transferId: string): string => idFromNames('transfer', transferId, id)

export class TransferToItself extends Data.TaggedError('TransferToItself') {
  override readonly message = 'This is with this persona already. Choose another one.'
}
