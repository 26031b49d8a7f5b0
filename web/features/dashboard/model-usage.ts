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
