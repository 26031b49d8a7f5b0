import { eventSentence } from './event-sentence.ts'
import type { LogEvent } from './replay.ts'

/**
 * Which events of a log are one act: an import, a batch, what was done for one answer. The number of an act for each
 * event, −1 for an event that is an act by itself. What is taken back is an act of its own.
 */
export const actsOf = (events: readonly LogEvent[]): Int32Array => {
  const acts = new Int32Array(events.length).fill(-1)
  const numbers = new Map<string, number>()
  for (const [index, event] of events.entries()) {
    const key = actKeyOf(event)
    if (key === undefined) continue
    const number = numbers.get(key) ?? numbers.size
    numbers.set(key, number)
    acts[index] = number
  }
  return acts
}

/** What the events of one act say together, given in their order. */
export const actSentence = (events: readonly LogEvent[]): string => {
  const last = events.at(-1)
  if (last === undefined) return ''
  if (textIn(last, 'taskId') !== undefined) return eventSentence(last) // its steps lead there
  const byName = new Map<string, LogEvent>()
  for (const event of events) {
    const before = byName.get(event.name)
    byName.set(event.name, before === undefined ? event : { ...event, args: together(before.args, event.args) })
  }
  return [...byName.values()].map(eventSentence).join(' ')
}

const actKeyOf = (event: LogEvent): string | undefined => {
  const [taskId, batchId, importId] = ['taskId', 'batchId', 'importId'].map((field) => textIn(event, field))
  if (taskId !== undefined) return `task ${taskId}`
  if (batchId !== undefined) return `batch ${event.name} ${batchId}`
  if (importId === undefined) return undefined
  return event.name.endsWith('Imported') ? `import ${importId}` : `import ${event.name} ${importId}`
}

const textIn = ({ args }: LogEvent, field: string): string | undefined => {
  const value = fieldsOf(args)[field]
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** Lists one after the other, the rest as it was first. */
const together = (before: unknown, after: unknown) => {
  const fields = fieldsOf(before)
  const lists = Object.entries(fieldsOf(after)).flatMap(([field, value]) => {
    const list = fields[field]
    return Array.isArray(value) && Array.isArray(list) ? [[field, [...list, ...value]] as const] : []
  })
  return { ...fields, ...Object.fromEntries(lists) }
}

const fieldsOf = (args: unknown): Readonly<Record<string, unknown>> =>
  typeof args === 'object' && args !== null ? (args as Readonly<Record<string, unknown>>) : {} // any object may be asked
