import type { Store } from '@livestore/livestore'
import type { Answer } from '#schema/conversations/events.ts'
import { sendMessage } from '#schema/conversations/message-commands.ts'
import { textOfParts } from '#schema/conversations/parts.ts'
import { answersBy$, unanswered$ } from '#schema/conversations/queries.ts'
import type { Stamp } from '#schema/shared/stamp.ts'
import { answerIdFor, builtInAnswer, builtInModel, builtInText } from '#schema/stores/built-in-answer.ts'
import type { personaSchema } from '#schema/stores/persona-store.ts'
import { recall } from '#schema/stores/recall.ts'
import type { Select } from '#schema/stores/recall-scan.ts'
import type { Question, Questions } from './questions.ts'
import type { Replies } from './replies.ts'

/**
 * Answers what was asked here, out of the persona's own memories and conversations.
 *
 *   owed ──► locked ──► still unanswered? ──► recalled ──► shown word by word ──► one fact ──► settled
 *                              │ no                              │ stopped: what is shown is the fact
 *                              └──► settled                      └ stopped with nothing shown: settled
 *
 * Invariants: a question is settled only when it is answered, stopped or gone, so a reload at any point answers it
 * once; one tab answers at a time (the lock), and whoever does writes the same message (its id follows from the question's).
 */
export interface ResponderOptions {
  readonly questions: Questions
  readonly replies: Replies
  readonly openStore: (personaId: string) => Promise<PersonaReads>
  readonly write: (store: PersonaReads, decision: ReturnType<typeof sendMessage>) => Error | undefined
  /** Runs alone among all tabs of this device. */
  readonly alone: (name: string, run: () => Promise<void>) => Promise<void>
  readonly stampNow: () => Stamp
  /** Milliseconds, of any clock that only goes forward. */
  readonly clock: () => number
  /** Resolves when the screen may show the next piece. */
  readonly nextFrame: () => Promise<unknown>
  readonly onError: (error: unknown) => void
}

export type PersonaReads = Pick<Store<typeof personaSchema>, 'query'>

export const makeResponder = (options: ResponderOptions) => {
  const { questions, alone, onError } = options
  const underWay = new Set<string>()

  const answer = async (question: Question) => {
    if (underWay.has(question.messageId)) return
    underWay.add(question.messageId)
    try {
      await alone(`pjai-answer-${question.messageId}`, () => answerAlone(question, options))
    } catch (error) {
      onError(error)
    } finally {
      underWay.delete(question.messageId)
      options.replies.end(question.messageId)
    }
  }

  /** Answers all that is owed. Safe to call at any time, any number of times. */
  return () => Promise.all(questions.all().map(answer))
}

const answerAlone = async (question: Question, options: ResponderOptions) => {
  const { questions, replies, openStore, write, stampNow, clock } = options
  // Another tab may have answered while this one waited for the lock.
  if (!questions.has(question.messageId)) return
  const started = clock()
  replies.show(question.messageId, '')
  const store = await openStore(question.personaId)
  const asked = store.query(unanswered$(question.messageId))
  if (asked === null) return questions.settle(question.messageId)
  const { text, answer } = answerTo(store, asked, stampNow().at, () => clock() - started)
  const { shown, stopped } = await reveal(question.messageId, text, options)
  if (shown !== '') {
    const error = stopped
      ? { error: { code: 'stopped', message: 'You stopped this answer.', timestamp: stampNow().at } }
      : {}
    const draft = {
      messageId: answerIdFor(asked.messageId),
      parentMessageId: asked.messageId,
      role: 'assistant' as const,
      parts: [{ type: 'text' as const, text: shown }],
      answer: { ...answer, ...error },
    }
    // Asked again: it may have been deleted, or answered from another device, while the words came.
    if (store.query(unanswered$(asked.messageId)) !== null) {
      const refusal = write(store, sendMessage(asked, draft, stampNow()))
      if (refusal !== undefined) options.onError(refusal)
    }
  }
  questions.settle(question.messageId)
}

const answerTo = (
  store: PersonaReads,
  asked: {
    readonly messageId: string
    readonly conversationId: string
    readonly parts: Parameters<typeof textOfParts>[0]
  },
  now: Date,
  elapsed: () => number,
): { readonly text: string; readonly answer: Answer } => {
  const question = textOfParts(asked.parts)
  const recalled = recall(question, selectFrom(store), { limit: 3, now, exceptMessageId: asked.messageId })
  const isFirst = store.query(answersBy$(asked.conversationId, builtInModel)) === 0
  return { text: builtInText(question, recalled, isFirst), answer: builtInAnswer(recalled, Math.round(elapsed())) }
}

const selectFrom =
  (store: PersonaReads): Select =>
  (query, bindValues) =>
    // LiveStore types the rows of a raw query as `any`; they are decoded where they are used.
    store.query({ query, bindValues: [...bindValues] }) as readonly unknown[]

/** Shows the text piece by piece: 250 characters a second at least, three seconds at most. Follows the clock, since a hidden tab gets few frames. */
const reveal = async (questionId: string, text: string, { replies, clock, nextFrame }: ResponderOptions) => {
  const started = clock()
  const perMs = Math.max(0.25, text.length / 3000)
  let shown = ''
  while (!replies.isStopped(questionId)) {
    shown = wholeWords(text, Math.floor((clock() - started) * perMs))
    replies.show(questionId, shown)
    if (shown.length === text.length) return { shown, stopped: false }
    await nextFrame()
  }
  return { shown: shown.trimEnd(), stopped: true }
}

const wholeWords = (text: string, length: number): string =>
  length >= text.length ? text : text.slice(0, Math.max(0, text.lastIndexOf(' ', length)))
