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

/** FNV-1a with a last stir: ids that differ in their last sign only lie far apart. */
export const hashOf = (text: string): number => {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
