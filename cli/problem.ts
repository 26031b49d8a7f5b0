/** Ends a command with one sentence and no stack. `usage` adds where to find help: it was not understood. */
export class Problem extends Error {
  readonly exitCode: number
  constructor(sentence: string, kind: 'usage' | 'unreadable' | 'failure' = 'failure') {
    super(kind === 'usage' ? `${sentence}\nRun “npm run -s pjai -- help” to see what there is.` : sentence)
    this.exitCode = kind === 'failure' ? 1 : 2
  }
}
