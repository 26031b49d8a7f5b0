import { asCost } from '#web/ui/amounts.ts'
import { counted } from '#web/ui/charts/numbers.ts'

interface AccountUsage {
  readonly name: string
  readonly requests: number
  readonly cost: number
}

/** What the numbers of models say. */
export const usageFinding = (usage: readonly AccountUsage[], rangeName: string): string => {
  const requests = usage.reduce((sum, row) => sum + row.requests, 0)
  const cost = usage.reduce((sum, row) => sum + row.cost, 0)
  if (requests === 0) return `No account of a provider was asked in ${rangeName}`
  const [first] = usage
  const where = usage.length === 1 ? ` of ${first?.name}` : ''
  return cost === 0
    ? `${counted(requests, 'request')}${where} cost nothing`
    : `${counted(requests, 'request')}${where} cost ${asCost(cost)}`
}

interface PersonaUsage {
  readonly name: string
  readonly isTold: boolean
  readonly answers: number
  readonly promptTokens: number
  readonly completionTokens: number
  readonly cost: number
}

/** What the numbers of personas say; the dearest comes first. */
export const personaUsageFinding = (usage: readonly PersonaUsage[], rangeName: string): string => {
  const [first] = usage
  const cost = usage.reduce((sum, row) => sum + row.cost, 0)
  if (first === undefined || !usage.some(isAsked))
    return `No model was asked for ${usage.length === 1 ? (first?.name ?? 'anybody') : 'any persona'} in ${rangeName}`
  if (usage.length === 1) return `${counted(first.answers, 'answer')} of ${first.name} cost ${asCost(cost)}`
  if (cost === 0) return `${counted(usage.filter(isAsked).length, 'persona')} asked models, at no cost`
  return `${first.name} cost the most: ${asCost(first.cost)} of ${asCost(cost)}`
}

const isAsked = ({ answers, promptTokens, completionTokens }: PersonaUsage) =>
  answers + promptTokens + completionTokens > 0

/** A number of a persona that told it; of another nobody knows whether it is nought. */
export const told = <A>({ isTold }: Pick<PersonaUsage, 'isTold'>, value: A): A | '—' => (isTold ? value : '—')
