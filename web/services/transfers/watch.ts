/** For whoever looks on while something goes to another persona. */
export interface Watch {
  readonly signal: AbortSignal
  /** In messages. */
  readonly onProgress: (done: number, all: number) => void
}
