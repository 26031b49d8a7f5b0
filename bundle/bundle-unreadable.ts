import { Data } from 'effect'

/** A file that is no bundle, or not one that this version reads. `at`: the byte of the file, from 0. */
export class BundleUnreadable extends Data.TaggedError('BundleUnreadable')<{
  readonly file: string
  readonly entry: string | null
  readonly at: number
  readonly reason: string
}> {
  override get message() {
    const entry = this.entry === null ? '' : `, in ${this.entry}`
    return `${this.file}: at byte ${this.at}${entry}: ${this.reason}`
  }
}
