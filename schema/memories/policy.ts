import { Schema } from '@livestore/livestore'
import { Data } from 'effect'

/** How a persona’s memories age. Days are days of 24 hours; scores and importance are 0–1. */
export const MemoryPolicy = Schema.Struct({
  /** After so many days recency, a reinforcement and a recall count half. */
  halfLifeDays: Schema.Finite,
  hotFrom: Schema.Finite,
  warmFrom: Schema.Finite,
  /** What nobody wrote, reinforced or recalled for so long is suggested to be forgotten. Null: never. */
  keepDays: Schema.NullOr(Schema.Finite),
  /** What is more important than this is never suggested. */
  keepAbove: Schema.Finite,
  /** Of more memories than this, those that score least are suggested. Null: any number. */
  maximum: Schema.NullOr(Schema.Finite),
})
export type MemoryPolicy = typeof MemoryPolicy.Type

/** As long as a persona has no other. */
export const usualPolicy: MemoryPolicy = {
  halfLifeDays: 90,
  hotFrom: 0.45,
  warmFrom: 0.25,
  keepDays: 365,
  keepAbove: 0.7,
  maximum: 20_000,
}

export const isSamePolicy = (one: MemoryPolicy, other: MemoryPolicy): boolean =>
  (Object.keys(usualPolicy) as (keyof MemoryPolicy)[]).every((key) => one[key] === other[key]) // its very keys

export const refusalOfPolicy = ({ halfLifeDays, hotFrom, warmFrom, ...policy }: MemoryPolicy) => {
  if (!(halfLifeDays >= 1 && halfLifeDays <= 36_500)) return new HalfLifeIllegal()
  if (!(warmFrom >= 0 && warmFrom < hotFrom && hotFrom <= 1)) return new TiersOverlap()
  if (!(policy.keepAbove >= 0 && policy.keepAbove <= 1)) return new KeepAboveIllegal()
  if (policy.keepDays !== null && !(policy.keepDays >= 1 && policy.keepDays <= 36_500)) return new KeepDaysIllegal()
  if (policy.maximum !== null && !(policy.maximum >= 1)) return new MaximumIllegal()
  return undefined
}

export class HalfLifeIllegal extends Data.TaggedError('HalfLifeIllegal') {
  override readonly message = 'The half-life is a number of days, from 1 to 36,500.'
}

export class TiersOverlap extends Data.TaggedError('TiersOverlap') {
  override readonly message = 'Warm has to begin below hot, and both between 0 and 1.'
}

export class KeepAboveIllegal extends Data.TaggedError('KeepAboveIllegal') {
  override readonly message = 'The importance above which everything is kept goes from 0 to 1.'
}

export class KeepDaysIllegal extends Data.TaggedError('KeepDaysIllegal') {
  override readonly message = 'Memories are kept for a number of days, from 1 to 36,500, or for ever.'
}

export class MaximumIllegal extends Data.TaggedError('MaximumIllegal') {
  override readonly message = 'At most how many memories: a number from 1, or any number.'
}
