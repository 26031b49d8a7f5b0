import type { PushedEvent } from '#sync-worker/batch-check.ts'
import { unencrypted } from '#tests/support/unencrypted-sync.ts'

/** The events in an answered pull. */
export const eventsIn = async (response: Response): Promise<readonly PushedEvent[]> => {
  const messages: readonly RpcMessage[] = await response.json()
  return messages.flatMap(({ values = [] }) =>
    values.flatMap(({ batch }) => batch.map(({ eventEncoded }) => eventEncoded)),
  )
}

/** How a push ended, as the device hears it: `Success`, or the name of what went wrong. */
export const outcomeOf = async (response: Response): Promise<string> => {
  const messages: readonly RpcMessage[] = await response.json()
  const exit = messages.find(({ _tag }) => _tag === 'Exit')?.exit
  const error = exit?.cause?.error
  return error?.cause?.name ?? error?.cause ?? error?._tag ?? exit?._tag ?? 'none'
}

export const event = (seqNum: number, text = `note ${seqNum}`, clientId = 'laptop'): PushedEvent => ({
  ...unencrypted({ name: 'v1.NoteWritten', args: { noteId: `${clientId}${seqNum}`, text } }),
  seqNum,
  parentSeqNum: seqNum - 1,
  clientId,
  sessionId: 'static',
})

/** What an event of `event` is known by in a frame. */
export const ciphertextOf = ({ args }: PushedEvent): string =>
  (args as ReturnType<typeof unencrypted>['args']).ciphertext // as it is made above

export const pushOf = (storeId: string, batch: readonly PushedEvent[]) =>
  message('SyncHttpRpc.Push', { storeId, batch, backendId: { _tag: 'None' } })

export const pullOf = (storeId: string) => message('SyncHttpRpc.Pull', { storeId, cursor: { _tag: 'None' } })

/** The same as frames of a socket. */
export const pushFrame = (storeId: string, batch: readonly PushedEvent[], id = '0') =>
  message('SyncWsRpc.Push', { storeId, batch, backendId: { _tag: 'None' } }, id)

export const pullFrame = (storeId: string, id = '0') =>
  message('SyncWsRpc.Pull', { storeId, live: true, cursor: { _tag: 'None' } }, id)

const message = (tag: string, payload: object, id = '0') =>
  JSON.stringify({ _tag: 'Request', id, headers: [], tag, payload })

/** The parts of Effect's RPC messages that are read here. */
interface RpcMessage {
  readonly _tag: string
  readonly values?: readonly { readonly batch: readonly { readonly eventEncoded: PushedEvent }[] }[]
  readonly exit?: {
    readonly _tag: string
    readonly cause?: { readonly error?: { readonly _tag: string; readonly cause?: { readonly name: string } & string } }
  }
}
