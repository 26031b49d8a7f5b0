import { Data } from 'effect'

export class ConversationNotDeleted extends Data.TaggedError('ConversationNotDeleted')<{
  readonly conversationId: string
}> {
  override readonly message = 'Only a deleted conversation can be erased. Delete it first.'
}

export class ConversationNotFound extends Data.TaggedError('ConversationNotFound') {
  override readonly message = 'This conversation is not here. It may still be arriving from another device.'
}

export class ConversationTitleIllegal extends Data.TaggedError('ConversationTitleIllegal')<{ readonly limit: number }> {
  override get message() {
    return `A title has 1–${this.limit} characters.`
  }
}

export class ConversationTagIllegal extends Data.TaggedError('ConversationTagIllegal') {
  override readonly message = 'A tag has 1–60 characters.'
}

export class SettingOutOfRange extends Data.TaggedError('SettingOutOfRange')<{
  readonly setting: string
  readonly from: number
  readonly to: number
}> {
  override get message() {
    return this.setting === 'systemPrompt'
      ? `A system prompt has at most ${this.to} characters.`
      : `“${this.setting}” goes from ${this.from} to ${this.to}.`
  }
}

export class MessageNotFound extends Data.TaggedError('MessageNotFound') {
  override readonly message = 'This message is not here.'
}

export class ConflictAlreadySettled extends Data.TaggedError('ConflictAlreadySettled') {
  override readonly message = 'Somebody chose already: there is one text again.'
}

export class MessageEmpty extends Data.TaggedError('MessageEmpty') {
  override readonly message = 'A message needs some text or an attachment.'
}

export class MessageTooLong extends Data.TaggedError('MessageTooLong')<{
  readonly limit: number
  readonly given: number
}> {
  override get message() {
    return `A message has at most ${this.limit} characters; this one has ${this.given}. Send it in parts, or as a file.`
  }
}

export class MessageTooLarge extends Data.TaggedError('MessageTooLarge')<{
  readonly limit: number
  readonly given: number
}> {
  override get message() {
    return `A message takes at most ${this.limit / 1000} kB; this one takes ${Math.ceil(this.given / 1000)} kB. Send pictures as files.`
  }
}

export class TooManyAtOnce extends Data.TaggedError('TooManyAtOnce')<{ readonly limit: number }> {
  override get message() {
    return `At most ${this.limit} conversations at once.`
  }
}
