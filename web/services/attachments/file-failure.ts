import { Data } from 'effect'

const sentences = {
  cancelled: 'Stopped. What is here already stays.',
  offline: 'The server cannot be reached. It goes on by itself when you are connected.',
  full: 'The server has no room for this file. It is safe on this device; make room there and try again.',
  refused: 'The server does not take this file from you. It is safe on this device.',
  server: 'The server could not do it just now. It is tried again.',
  notSent: 'This file is not on the server yet. It comes as soon as the device it was added on is online.',
  missing: 'The server does not have this file any more, nor does this device.',
  corrupt: 'What came is not the file that was added: its hash differs. Nothing of it was kept.',
  erased: 'The key of this file was erased, and the file with it.',
  malformed: 'What is said of this file cannot be true. It was not fetched.',
  noStorage: 'This browser lets no files be kept, perhaps because the window is private.',
} as const

export type FileFailureCode = keyof typeof sentences | 'noRoom'

/** Why bytes are not where they should be: shown, or tried again. */
export class FileFailure extends Data.TaggedError('FileFailure')<{
  readonly code: FileFailureCode
  /** Of `noRoom`: how many bytes there are, and would be needed. */
  readonly free?: number
  readonly needed?: number
}> {
  override get message() {
    if (this.code !== 'noRoom') return sentences[this.code]
    const free = this.free === undefined ? 'too little' : `${megabytes(this.free)} MB`
    const needed = this.needed === undefined ? 'more' : `${megabytes(this.needed)} MB`
    return `This browser has ${free} left, and this takes ${needed}. Nothing was changed; make room and add it again.`
  }
}

/** Whether waiting is worth while, with nobody doing anything. */
export const passesByItself = ({ code }: FileFailure): boolean => code === 'offline' || code === 'server'

const megabytes = (bytes: number) => Math.max(0, Math.ceil(bytes / 1_000_000)).toLocaleString()

/** What was thrown, as a failure; a defect is thrown on. */
export const failureIn = (error: unknown): FileFailure => {
  if (error instanceof FileFailure) return error
  if (error instanceof DOMException) {
    if (error.name === 'AbortError') return new FileFailure({ code: 'cancelled' })
    if (error.name === 'QuotaExceededError') return new FileFailure({ code: 'noRoom' })
    if (error.name === 'SecurityError') return new FileFailure({ code: 'noStorage' })
  }
  throw error
}
