/** Where a claim about the chain comes from. */
export type Source = 'checkpoint' | 'anchor' | 'memory'

/**
 * What is wrong with a log, and where. `seq` is the number of the event; `place` the one that belongs where it stands.
 */
export type Finding =
  /** What it says (`event`), or the hash beside it, is not what was chained. */
  | { readonly kind: 'changed'; readonly seq: number; readonly what: 'event' | 'hash' }
  | { readonly kind: 'missing'; readonly seq: number; readonly to: number }
  | { readonly kind: 'doubled'; readonly seq: number; readonly place: number }
  | { readonly kind: 'outOfPlace'; readonly seq: number; readonly place: number }
  | { readonly kind: 'foreign'; readonly place: number; readonly storeId: string; readonly epoch: number }
  | { readonly kind: 'unknownFormat'; readonly place: number; readonly format: number }
  /** The log ends at `seq` though it was attested up to `to`. */
  | { readonly kind: 'truncated'; readonly seq: number; readonly to: number; readonly by: Source }
  /** Another history than was attested: the first difference is after event `after` and not after `seq`. */
  | { readonly kind: 'rewritten'; readonly seq: number; readonly after: number; readonly by: Source }
  /** What was attested is of another log of the same store: this one was begun anew. */
  | { readonly kind: 'begunAnew'; readonly logId: string; readonly seq: number; readonly by: Source }
  | { readonly kind: 'foreignClaim'; readonly storeId: string; readonly by: Source }
  | { readonly kind: 'badSignature'; readonly seq: number | null; readonly by: Source }
  | { readonly kind: 'wrongKey'; readonly seq: number; readonly key: string; readonly by: Source }
  | { readonly kind: 'missingKey'; readonly key: string; readonly by: Source }
  | { readonly kind: 'unreadableClaim'; readonly by: Source }
  /** Nothing attests the events after `after`. */
  | { readonly kind: 'unattested'; readonly after: number; readonly seq: number }
  | { readonly kind: 'clockBack'; readonly seq: number; readonly by: number }

/** What a finding says against a log; of a remark, nothing. */
export type Weight = 'broken' | 'incomplete' | 'remark'

/**
 * A gap breaks the log and not only its completeness: the event after it hangs on a hash that nobody can compute any more.
 */
export const weightOf = ({ kind }: Finding): Weight => {
  switch (kind) {
    case 'truncated':
    case 'unattested':
    case 'missingKey':
      return 'incomplete'
    case 'clockBack':
      return 'remark'
    default:
      return 'broken'
  }
}

/** For a person to read. */
export const findingSentence = (finding: Finding): string => {
  switch (finding.kind) {
    case 'changed':
      return finding.what === 'event'
        ? `Event ${finding.seq} is not what was chained: something in it, or in the hash before it, was changed.`
        : `The hash beside event ${finding.seq} was changed; the event itself is as it was.`
    case 'missing':
      return finding.seq === finding.to
        ? `Event ${finding.seq} is missing.`
        : `Events ${finding.seq} to ${finding.to} are missing.`
    case 'doubled':
      return `Event ${finding.seq} stands here twice: again where event ${finding.place} belongs.`
    case 'outOfPlace':
      return `Event ${finding.seq} stands where event ${finding.place} belongs.`
    case 'foreign':
      return `Where event ${finding.place} belongs stands one of ${finding.storeId}, epoch ${finding.epoch}.`
    case 'unknownFormat':
      return `Event ${finding.place} is written in format ${finding.format}, which this version cannot check.`
    case 'truncated':
      return `The log ends with event ${finding.seq}, and ${sources[finding.by]} saw it up to event ${finding.to}.`
    case 'rewritten':
      return `History was rewritten: between events ${finding.after + 1} and ${finding.seq} it is not what ${sources[finding.by]} saw.`
    case 'begunAnew':
      return `This log was begun anew: ${sources[finding.by]} saw another one, ${finding.logId}, up to event ${finding.seq}.`
    case 'foreignClaim':
      return `Among the evidence is ${sources[finding.by]} of another store, ${finding.storeId}.`
    case 'badSignature':
      return `The signature of ${sources[finding.by]}${finding.seq === null ? '' : ` at event ${finding.seq}`} does not hold.`
    case 'wrongKey':
      return `At event ${finding.seq}, ${sources[finding.by]} is signed by a key that is not known: ${finding.key}.`
    case 'missingKey':
      return `No key was given to check ${sources[finding.by]} with; it names ${finding.key}.`
    case 'unreadableClaim':
      return `Among the evidence, ${sources[finding.by]} is not written in a form that this version reads.`
    case 'unattested':
      return `Nothing attests the events ${finding.after + 1} to ${finding.seq}.`
    case 'clockBack':
      return `The server’s clock stood ${finding.by} ms earlier at event ${finding.seq} than at the one before.`
  }
}

const sources: Readonly<Record<Source, string>> = {
  checkpoint: 'a checkpoint of the server',
  anchor: 'an anchor of a device',
  memory: 'this device',
}
