import { useSyncExternalStore } from 'react'
import { FileFailure, type FileFailureCode } from './file-failure.ts'

/** Where the bytes of an attachment are going just now. */
export interface FileTransfer {
  readonly direction: 'up' | 'down'
  /** From 0 to 1. */
  readonly part: number
  readonly failed?: FileFailureCode
}

interface Told {
  readonly attachmentId: string
  readonly transfer: FileTransfer | null
}

const transfers = new Map<string, FileTransfer>()
const listeners = new Set<() => void>()

/** One tab carries, all of them show it. */
const channel = new BroadcastChannel('pjai-file-transfers')
channel.onmessage = ({ data }: MessageEvent<Told>) => take(data)

const take = ({ attachmentId, transfer }: Told) => {
  if (transfer === null) transfers.delete(attachmentId)
  else transfers.set(attachmentId, transfer)
  for (const listener of listeners) listener()
}

/** `null`: it is over, or nobody's matter any more. */
export const tellTransfer = (attachmentId: string, transfer: FileTransfer | null) => {
  take({ attachmentId, transfer })
  channel.postMessage({ attachmentId, transfer } satisfies Told)
}

export const transferOf = (attachmentId: string): FileTransfer | undefined => transfers.get(attachmentId)

export const useTransfer = (attachmentId: string): FileTransfer | undefined =>
  useSyncExternalStore(subscribe, () => transfers.get(attachmentId))

export const sentenceOf = (code: FileFailureCode): string => new FileFailure({ code }).message

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}
