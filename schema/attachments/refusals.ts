import { Data } from 'effect'

export class AttachmentNameIllegal extends Data.TaggedError('AttachmentNameIllegal')<{ readonly limit: number }> {
  override get message() {
    return `The name of a file has 1–${this.limit} characters. Rename it and add it again.`
  }
}

export class AttachmentEmpty extends Data.TaggedError('AttachmentEmpty')<{ readonly name: string }> {
  override get message() {
    return `“${this.name}” is empty: there is nothing in it to add.`
  }
}

export class AttachmentTooLarge extends Data.TaggedError('AttachmentTooLarge')<{
  readonly name: string
  readonly limit: number
}> {
  override get message() {
    return `“${this.name}” is too large: a file has at most ${this.limit / 1_048_576} MB.`
  }
}

export class AttachmentTypeNotAllowed extends Data.TaggedError('AttachmentTypeNotAllowed')<{ readonly name: string }> {
  override get message() {
    return `“${this.name}” is no picture, PDF, text, sound or video that can be kept here, whatever its name says.`
  }
}

export class AttachmentNotFound extends Data.TaggedError('AttachmentNotFound') {
  override readonly message = 'This file is not here. It may still be arriving from another device.'
}

export class AttachmentNotDeleted extends Data.TaggedError('AttachmentNotDeleted') {
  override readonly message = 'Only a deleted file can be discarded. Delete it first.'
}

export class TooManyAttachments extends Data.TaggedError('TooManyAttachments')<{ readonly limit: number }> {
  override get message() {
    return `At most ${this.limit} files at once.`
  }
}
