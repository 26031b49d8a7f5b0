import { answersBy$ } from '#schema/conversations/queries.ts'
import { builtInAnswer, builtInText } from '#schema/stores/built-in-answer.ts'
import { recall } from '#schema/stores/recall.ts'
import { builtInModel } from '#schema/tasks/routing.ts'
import type { Task } from '#schema/tasks/state.ts'
import { type Asked, selectFrom } from './asked.ts'
import type { EngineOptions, PersonaReads } from './engine-options.ts'
import { type Outcome, stopped } from './outcome.ts'

/** Answers out of the persona's own memories and conversations, word by word. */
export const askBuiltIn = async (
  store: PersonaReads,
  task: Task,
  { text }: Asked,
  options: EngineOptions,
): Promise<Outcome> => {
  const started = options.clock()
  const signal = options.replies.begin(task.taskId)
  const recalled = recall(text, selectFrom(store), {
    limit: 3,
    now: options.stampNow().at,
    exceptMessageId: task.questionId,
  })
  const isFirst = store.query(answersBy$(task.conversationId, builtInModel)) === 0
  const answer = builtInAnswer(recalled, Math.round(options.clock() - started))
  const whole = builtInText(text, recalled, isFirst)
  const shown = await reveal(task.taskId, whole, signal, options)
  const isWhole = shown === whole
  return {
    parts: shown === '' ? [] : [{ type: 'text', text: shown }],
    answer,
    broken: isWhole ? undefined : stopped,
    isAnswer: isWhole,
  }
}

/** Shows the text piece by piece: 250 characters a second at least, three seconds at most. Follows the clock, since a hidden tab gets few frames. */
const reveal = async (
  taskId: string,
  text: string,
  signal: AbortSignal,
  { replies, clock, nextFrame }: EngineOptions,
): Promise<string> => {
  const started = clock()
  const perMs = Math.max(0.25, text.length / 3000)
  let shown = ''
  while (!signal.aborted) {
    shown = wholeWords(text, Math.floor((clock() - started) * perMs))
    replies.show(taskId, shown === '' ? [] : [{ type: 'text', text: shown }])
    if (shown.length === text.length) return shown
    await nextFrame()
  }
  return shown.trimEnd()
}

const wholeWords = (text: string, length: number): string =>
  length >= text.length ? text : text.slice(0, Math.max(0, text.lastIndexOf(' ', length)))
