import { byteCount } from '#schema/shared/text.ts'
import { isJsonObject, type JsonObject, storable } from './json-values.ts'
import type { Remark } from './plan.ts'

/** What an origin may weigh inside its event, in bytes: a persona stands alone in one, rows share theirs. */
export const restLimits = { persona: 400_000, row: 40_000 } as const

/**
 * The part of a source we have no field for, as JSON, for a later export. If it is too heavy for an event, its heaviest
 * fields stay behind, and each is named.
 */
export const keepRest = (source: JsonObject, limit: number, where: string): { rest: string; rejected: Remark[] } => {
  const kept = storable(source) as Record<string, unknown> // a fresh copy of an object is an object
  const rejected: Remark[] = []
  let rest = JSON.stringify(kept)
  while (byteCount(JSON.stringify(rest)) > limit) {
    const path = dropHeaviest(kept)
    rejected.push({ where: `${where} › ${path}`, reason: 'It is too large to be kept for a later export.' })
    rest = JSON.stringify(kept)
  }
  return { rest, rejected }
}

/** Takes the heaviest field out, at any depth, and says which it was. */
const dropHeaviest = (object: { [key: string]: unknown }): string => {
  const [key, value] = Object.entries(object).reduce((heaviest, entry) =>
    weightOf(entry[1]) > weightOf(heaviest[1]) ? entry : heaviest,
  )
  if (isJsonObject(value) && Object.keys(value).length > 1) {
    return `${key} › ${dropHeaviest(value)}`
  }
  delete object[key]
  return key
}

const weightOf = (value: unknown) => JSON.stringify(value).length
