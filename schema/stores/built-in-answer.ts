import type { Answer } from '#schema/conversations/events.ts'
import { builtInModel } from '#schema/tasks/routing.ts'
import type { Recollection } from './recall.ts'
import { termsOf } from './recall-words.ts'

export const builtInNotice = 'I have no model connected, so I can only quote what I remember.'

/** What the built-in responder says, in Markdown. It says what it is the first time it speaks in a conversation. */
export const builtInText = (question: string, recalled: readonly Recollection[], isFirst: boolean): string =>
  [
    ...(isFirst ? [builtInNotice] : []),
    ...(recalled.length === 0 ? [nothingAbout(question)] : recalled.map(quoted)),
  ].join('\n\n')

export const builtInAnswer = (recalled: readonly Recollection[], processingTime: number): Answer => ({
  model: builtInModel,
  processingTime,
  recalledMemoryIds: recalled.filter(({ kind }) => kind === 'memory').map(({ id }) => id),
  recalledMessageIds: recalled.filter(({ kind }) => kind === 'message').map(({ id }) => id),
})

const nothingAbout = (question: string): string => {
  const words = termsOf(question).map(({ word }) => `“${word}”`)
  if (words.length === 0)
    return 'I cannot tell what to look for. Name a person, a place or a thing, and I quote what I remember.'
  const named = words.slice(0, 3).join(' or ')
  return `I remember nothing that says enough about ${named}. Tell me, or add a memory, and I can quote it next time.`
}

const quoted = ({ quote, said, at }: Recollection): string => `> ${asText(quote)}\n\n— ${sourceOf(said)}, ${dayOf(at)}`

const sourceOf = (said: Recollection['said']): string => {
  if (said === null) return 'a memory'
  return `${said.role === 'assistant' ? 'I said' : 'you said'} in “${asText(said.title)}”`
}

/** A quote is text: what it holds of Markdown stands as it was written. */
const asText = (text: string): string =>
  text.replace(/[\\`*_[\]<~|]|^[#+>-]|^\d+(?=[.)]\s)/g, (mark) => (/\d/.test(mark) ? `${mark}\\` : `\\${mark}`))

// One language, one zone: the same words on every device.
const days = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })
const dayOf = (at: Date): string => days.format(at)
