import { Text } from '@mantine/core'
import { useEffect, useReducer } from 'react'
import { type ProviderAccount, usageOf$ } from '#schema/providers/queries.ts'
import { dayOf } from '#schema/providers/quotas.ts'
import { useWorkspaceStore } from '#web/livestore/store-views.tsx'
import { usageToday } from '#web/services/models/accounts.ts'
import { watchLedgers } from '#web/services/models/ledger.ts'

/** What was used today on all devices, against what the person allows. */
export const UsageLine = ({ account }: { readonly account: ProviderAccount }) => {
  const workspace = useWorkspaceStore()
  const [now, showAnew] = useReducer(
    () => new Date(),
    undefined,
    () => new Date(),
  )
  workspace.useQuery(usageOf$(dayOf(now))) // shown anew when another device tells more, or this one asks
  useEffect(() => watchLedgers(showAnew), [])
  const { requests, promptTokens, completionTokens, cost } = usageToday(workspace, account.accountId, now)
  const { requestsPerDay, tokensPerDay, moneyPerDay } = account.limits
  const parts = [
    of(requests, requestsPerDay, requests === 1 ? 'request' : 'requests'),
    of(promptTokens + completionTokens, tokensPerDay, 'tokens'),
    ...(cost > 0 || moneyPerDay !== undefined ? [of(cost, moneyPerDay, '', dollars)] : []),
  ]
  return (
    <Text size="sm" c="dimmed">
      Today: {parts.join(' · ')}
    </Text>
  )
}

const of = (used: number, limit: number | undefined, unit: string, say = whole) =>
  `${say(used)}${limit === undefined ? '' : ` of ${say(limit)}`} ${unit}`.trimEnd()

const whole = (amount: number) => amount.toLocaleString()

const dollars = (amount: number) =>
  amount.toLocaleString(undefined, { style: 'currency', currency: 'USD', maximumFractionDigits: amount < 1 ? 4 : 2 })
