import { Data } from 'effect'

/** Why a file as a whole cannot be imported. What only a part of it does wrong stands in the plan's `rejected`. */
export type ImportRefused =
  | NotJson
  | UnknownFormat
  | NothingToImport
  | FileTooLarge
  | ZipDamaged
  | ZipBomb
  | ZipTooLarge
  | ZipWithoutConversations
  | PngDamaged
  | PngWithoutCard
  | CardTooLarge

export class NotJson extends Data.TaggedError('NotJson')<{ readonly where: string; readonly detail: string }> {
  override get message() {
    return `“${this.where}” is not valid JSON: ${this.detail}. It may have been cut off while downloading.`
  }
}

export class UnknownFormat extends Data.TaggedError('UnknownFormat')<{ readonly where: string }> {
  override get message() {
    return `“${this.where}” is none of the formats known here: a ChatGPT export, a character card, a lorebook, a persona of PJai.`
  }
}

export class NothingToImport extends Data.TaggedError('NothingToImport')<{ readonly where: string }> {
  override get message() {
    return `“${this.where}” is readable, but there is nothing in it.`
  }
}

export class FileTooLarge extends Data.TaggedError('FileTooLarge')<{ readonly where: string; readonly limit: number }> {
  override get message() {
    return `“${this.where}” is larger than ${inMegabytes(this.limit)}, the most that can be read at once. Split it.`
  }
}

export class ZipDamaged extends Data.TaggedError('ZipDamaged')<{ readonly where: string }> {
  override get message() {
    return `The archive “${this.where}” is damaged or encrypted. Download it again.`
  }
}

export class ZipBomb extends Data.TaggedError('ZipBomb')<{ readonly where: string }> {
  override get message() {
    return `“${this.where}” unpacks to far more than any real export does, so it is left alone.`
  }
}

export class ZipTooLarge extends Data.TaggedError('ZipTooLarge')<{ readonly where: string; readonly limit: number }> {
  override get message() {
    return `The conversations in “${this.where}” take more than ${inMegabytes(this.limit)} unpacked. Import them in parts.`
  }
}

export class ZipWithoutConversations extends Data.TaggedError('ZipWithoutConversations')<{ readonly where: string }> {
  override get message() {
    return `The archive “${this.where}” holds neither conversations.json nor card.json.`
  }
}

export class PngDamaged extends Data.TaggedError('PngDamaged')<{ readonly where: string }> {
  override get message() {
    return `The picture “${this.where}” is damaged, and no card was found before the damage.`
  }
}

export class PngWithoutCard extends Data.TaggedError('PngWithoutCard')<{ readonly where: string }> {
  override get message() {
    return `The picture “${this.where}” carries no character card. Some sites remove it: look for a “download card” button.`
  }
}

export class CardTooLarge extends Data.TaggedError('CardTooLarge')<{ readonly where: string; readonly limit: number }> {
  override get message() {
    return `The card in “${this.where}” is larger than ${inMegabytes(this.limit)}. Cards are small; remove embedded media.`
  }
}

const inMegabytes = (bytes: number) => `${Math.round(bytes / 1_000_000)} MB`
