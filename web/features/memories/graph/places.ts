import { quickHash, stirred } from '#schema/shared/quick-hash.ts'

export interface Place {
  readonly x: number
  readonly y: number
}
export type Places = ReadonlyMap<string, Place>

/** Anywhere in a circle of radius 1, always the same for an id. */
export const spotOf = (id: string): Place => {
  const angle = (hashOf(id) / 2 ** 32) * 2 * Math.PI
  const distance = Math.sqrt(hashOf(`${id}'`) / 2 ** 32)
  return { x: Math.cos(angle) * distance, y: Math.sin(angle) * distance }
}

/** Ids that differ in their last sign only lie far apart. */
export const hashOf = (text: string): number => stirred(quickHash(text))
