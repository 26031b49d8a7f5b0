import { Alert, Text } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import type { CellsSaid } from '#schema/placement/wire.ts'
import classes from '#web/features/shards/shards.module.css'
import { ToldView } from '#web/features/shards/told.tsx'
import { useStoreNames } from '#web/features/shards/use-store-names.ts'
import { carry, dryRun, type Plan, type WhatIf } from '#web/services/cells/plans.ts'
import { askPlaces, cellsWatch, movesWatch } from '#web/services/cells/watches.ts'
import { showDone, showRefusal } from '#web/ui/undo.tsx'
import { kindOf, type PlanAddress, whatIfOf } from './plan-address.ts'
import { PlanForm } from './plan-form.tsx'
import { PlanResult } from './plan-result.tsx'

/** What would move if… Nothing does before one has seen what. */
export const PlanView = () => (
  <div className={classes.content}>
    <ToldView watch={cellsWatch} title="Nothing can be planned here">
      {(said) => <PlanOf said={said} />}
    </ToldView>
  </div>
)

interface Seen {
  readonly asked: WhatIf
  readonly plan: Plan | Error
}

const PlanOf = ({ said }: { readonly said: CellsSaid }) => {
  // The route's own parser makes every value a text.
  const address: PlanAddress = useSearch({ strict: false })
  const navigate = useNavigate()
  const nameOf = useStoreNames()
  const [seen, setSeen] = useState<Seen>()
  const [isBusy, setBusy] = useState(false)
  const asked = whatIfOf(address)
  const change = (changed: PlanAddress) => {
    setSeen(undefined)
    void navigate({ to: '/shards/plan', search: withoutEmpty({ ...address, ...changed }), replace: true })
  }
  const look = async () => {
    if (asked === undefined) return
    setBusy(true)
    setSeen({ asked, plan: await dryRun(asked, said.cells) })
    setBusy(false)
  }
  const start = async (plan: Plan) => {
    if (seen === undefined) return
    setBusy(true)
    const refusal = await carry(seen.asked, plan)
    setBusy(false)
    askPlaces()
    void movesWatch.ask()
    if (showRefusal(refusal)) return
    setSeen(undefined)
    showDone(plan.moves.length === 0 ? 'Done. Nothing had to move.' : 'It has begun.')
    if (plan.moves.length > 0) void navigate({ to: '/shards/moves' })
  }
  return (
    <>
      <Text size="sm" c="dimmed">
        See what would move, how much that is and why, before anything does. Whoever writes meanwhile goes on writing.
      </Text>
      <div className={classes.pair}>
        <PlanForm
          address={address}
          said={said}
          isReady={asked !== undefined}
          isBusy={isBusy}
          onChange={change}
          onLook={() => void look()}
        />
        {seen !== undefined &&
          (seen.plan instanceof Error ? (
            <Alert color="red" variant="light" title="This cannot be done">
              {seen.plan.message}
            </Alert>
          ) : (
            <PlanResult
              plan={seen.plan}
              kind={kindOf(address)}
              cells={said.cells}
              nameOf={nameOf}
              isBusy={isBusy}
              onStart={start}
            />
          ))}
      </div>
    </>
  )
}

const withoutEmpty = (search: PlanAddress): Record<string, string> =>
  Object.fromEntries(Object.entries(search).filter((entry): entry is [string, string] => Boolean(entry[1])))
