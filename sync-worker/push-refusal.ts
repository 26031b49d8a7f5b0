import { Data } from 'effect'

/** Why a push or a pull that is otherwise right is refused; the device reads it as the cause of LiveStore's UnknownError. */
export type AccessRefusal = CellReadOnly | RoleMayNotWrite | RightExpired | TooManyPushes

export class RoleMayNotWrite extends Data.TaggedError('RoleMayNotWrite')<{ readonly role: string }> {
  override get message() {
    return `As ${this.role} of this store one cannot write to it.`
  }
}

export class CellReadOnly extends Data.TaggedError('CellReadOnly') {
  override get message() {
    return 'This store stands where nothing may be written at present. What is waiting stays on this device.'
  }
}

export class RightExpired extends Data.TaggedError('RightExpired') {
  override get message() {
    return 'The right to this store has expired.'
  }
}

export class TooManyPushes extends Data.TaggedError('TooManyPushes') {
  override get message() {
    return 'This device pushes more often than the sync side takes. It takes more in a moment.'
  }
}

/**
 * A push refused without asking LiveStore, which takes a hundred times as long to say no: word for word what Effect's
 * RPC sends when `onPush` throws this.
 */
export const refusalFrame = (requestId: string, { name, message }: AccessRefusal): string =>
  JSON.stringify({
    _tag: 'Exit',
    requestId,
    exit: { _tag: 'Failure', cause: { _tag: 'Fail', error: { cause: { name, message }, _tag: 'UnknownError' } } },
  })
