import type { StepFact } from '#schema/tasks/events.ts'
import { asCost, asSeconds, asTokens } from '#web/ui/amounts.ts'

/** What a step of a task says, for a person. */
export const stepSentence = (step: StepFact): string => {
  switch (step.kind) {
    case 'classified':
      return `Taken for ${intentNames[step.intent] ?? step.intent}. ${step.reason}`
    case 'claimed':
      return 'A device works on it.'
    case 'routed':
      return `${step.model} is to answer. ${step.reason}`
    case 'prompted':
      return `Told ${counted(step.messageIds.length, 'message', 'messages')} and ${counted(step.given.length, 'memory', 'memories')}.`
    case 'started':
      return 'Asked.'
    case 'hopFailed':
      return `Failed: ${step.detail}`
    case 'succeeded':
      return [
        'Answered',
        ...usageWords(step),
        ...(step.processingTime > 0 ? [`in ${asSeconds(step.processingTime)}`] : []),
      ].join(', ')
    case 'failed':
      return `Ended without a whole answer: ${step.detail}`
    case 'cancelled':
      return 'Stopped.'
  }
}

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`

const intentNames: Readonly<Record<string, string>> = {
  chat: 'talk',
  past: 'a question about the past',
  code: 'code',
  writing: 'a piece of writing',
  numbers: 'a matter of numbers',
}

interface Usage {
  readonly promptTokens?: number | undefined
  readonly completionTokens?: number | undefined
  readonly cost?: number | undefined
}

const usageWords = ({ promptTokens, completionTokens, cost }: Usage): readonly string[] => [
  ...(promptTokens === undefined ? [] : [`${asTokens(promptTokens)} read`]),
  ...(completionTokens === undefined ? [] : [`${asTokens(completionTokens)} written`]),
  ...(cost === undefined ? [] : [asCost(cost)]),
]
