import type { MessagePart } from '#schema/conversations/parts.ts'
import type { PersonaDraft } from '#schema/personas/commands.ts'

/** A persona of the sample workspace, and all that was said. `key` names its ids and never changes. */
export interface SamplePersona {
  readonly key: string
  readonly draft: PersonaDraft
  readonly talks: readonly SampleTalk[]
  readonly links: readonly SampleLink[]
}

/** One conversation, `daysAgo` days before now, started at `time` UTC. `memories` were learnt from its turns. */
export interface SampleTalk {
  readonly key: string
  readonly title: string
  readonly daysAgo: number
  readonly time: `${number}:${number}`
  readonly tags?: readonly string[]
  readonly mark?: 'favourite' | 'archived'
  /** The turn that stands open, when it is not the last one. */
  readonly open?: number
  readonly turns: readonly Turn[]
  readonly memories: readonly SampleMemory[]
}

/** Turns count from 0: even ones are the person's, odd ones the persona's. */
export type Turn = string | readonly MessagePart[] | SpecialTurn

export interface SpecialTurn {
  readonly say: string | readonly MessagePart[]
  /** The number of the turn this one answers, when it is not the one before. */
  readonly after?: number
  /** What it said before it was edited. */
  readonly first?: string
  /** Keys of the memories an answer was given. */
  readonly recalls?: readonly string[]
}

/** `[key, kind, importance 0–1, tags, content, turn it was learnt from, times it was reinforced]` */
export type SampleMemory = readonly [
  key: string,
  kind: string,
  importance: number,
  tags: string,
  content: string,
  turn: number,
  reinforced?: number,
]

export type SampleLink = readonly [from: string, to: string, relation: string]

export const text = (value: string): MessagePart => ({ type: 'text', text: value })

export const code = (language: string, filename: string, value: string): MessagePart => ({
  type: 'code',
  language,
  code: value,
  filename,
})
