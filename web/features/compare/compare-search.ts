import type { World } from '#schema/stores/what-if.ts'

/** The address of a comparison: every part of it is a text, and what is not there is absent. */
export type CompareSearch = Readonly<Partial<Record<(typeof searchKeys)[number], string>>>

export const searchKeys = [
  'from',
  'to',
  'what',
  'without',
  'names',
  'devices',
  'since',
  'until',
  'factor',
  'floor',
  'days',
  'above',
  'table',
] as const

/** The world that an address describes; null when it compares two moments of the one there is. */
export const worldIn = (search: CompareSearch): World | null => {
  if (search.what !== 'if') return null
  const [factor, floor] = [numberIn(search.factor), numberIn(search.floor)]
  const [days, above] = [numberIn(search.days), numberIn(search.above)]
  return {
    leftOut: {
      numbers: rangesIn(search.without),
      names: listIn(search.names),
      devices: listIn(search.devices),
      since: timeIn(search.since),
      until: timeIn(search.until),
    },
    policies: {
      importance: factor === undefined && floor === undefined ? null : { factor: factor ?? 1, floor: floor ?? 0 },
      retention: days === undefined ? null : { days, above: above ?? 1 },
    },
  }
}

/** Whether anything is otherwise in that world. */
export const isOther = ({ leftOut, policies }: World): boolean =>
  leftOut.numbers.length > 0 ||
  leftOut.names.length > 0 ||
  leftOut.devices.length > 0 ||
  leftOut.since !== null ||
  leftOut.until !== null ||
  policies.importance !== null ||
  policies.retention !== null

/** `12, 15-20`: numbers, and from one to another. What is neither is passed over. */
export const rangesIn = (text = ''): readonly (readonly [number, number])[] =>
  text.split(/[\s,]+/).flatMap((part) => {
    const [, from, to] = /^(\d+)(?:[-–](\d+))?$/.exec(part) ?? []
    return from === undefined ? [] : [[Number(from), Number(to ?? from)] as const]
  })

export const listIn = (text = ''): readonly string[] => text.split(',').filter((it) => it !== '')

const numberIn = (text: string | undefined): number | undefined => {
  const value = text === undefined || text === '' ? Number.NaN : Number(text)
  return Number.isFinite(value) && value >= 0 ? value : undefined
}

/** As `<input type="datetime-local">` writes it, by the person's own clock. */
const timeIn = (text: string | undefined): number | null => {
  const time = Date.parse(text ?? '')
  return Number.isNaN(time) ? null : time
}

/** The numbers of the events that are compared: `now` and what is no number is the last one. */
export const momentsIn = ({ from, to }: CompareSearch, head: number, dayBefore: number) => ({
  from: Math.min(numberIn(from) ?? dayBefore, head),
  to: Math.min(numberIn(to) ?? head, head),
})
