import { type Decision, together } from '#web/livestore/decision.ts'

export type DecidePart = (part: readonly string[], batchId: string) => Decision

/** An act over any number, in parts of at most 2000 so that no event grows too large; they share the id of one batch. */
export const inOneBatch = (ids: readonly string[], batchId: string, decide: DecidePart): Decision =>
  together(
    Array.from({ length: Math.ceil(ids.length / partSize) }, (_, place) =>
      decide(ids.slice(place * partSize, (place + 1) * partSize), batchId),
    ),
  )

const partSize = 2000
