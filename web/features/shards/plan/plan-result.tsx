import { Button, Group, Paper, Text, Title } from '@mantine/core'
import type { CellsSaid } from '#schema/placement/wire.ts'
import { MoveList } from '#web/features/shards/move-list.tsx'
import type { NameOf } from '#web/features/shards/use-store-names.ts'
import type { Plan } from '#web/services/cells/plans.ts'
import { byteSize } from '#web/ui/byte-size.ts'
import { counted } from '#web/ui/charts/numbers.ts'
import { BeforeAfter } from './before-after.tsx'
import type { Kind } from './plan-address.ts'

interface PlanResultProps {
  readonly plan: Plan
  readonly kind: Kind
  readonly cells: CellsSaid['cells']
  readonly nameOf: NameOf
  readonly isBusy: boolean
  readonly onStart: (plan: Plan) => Promise<void>
}

/** What would move, and what would stand where then; and the button that makes it so. */
export const PlanResult = ({ plan, kind, cells, nameOf, isBusy, onStart }: PlanResultProps) => {
  const { moves, before, after } = plan
  return (
    <Paper component="section" withBorder p="md" aria-label="What would move">
      <Group justify="space-between" wrap="nowrap" align="start">
        <div>
          <Title order={2} size="md" lh="md">
            {moves.length === 0 ? 'Nothing would move' : finding(plan)}
          </Title>
          <Text size="sm" c="dimmed">
            {moves.length === 0 ? 'Nothing has to go anywhere for it.' : 'Nothing has moved yet.'}
          </Text>
        </div>
        {(moves.length > 0 || doesMore.has(kind)) && (
          <Button size="sm" flex="none" loading={isBusy} onClick={() => void onStart(plan)}>
            {moves.length === 0 ? 'Do it' : `Start ${counted(moves.length, 'move')}`}
          </Button>
        )}
      </Group>
      {moves.length > 0 && (
        <>
          <BeforeAfter before={before} after={after} cells={cells} />
          <MoveList moves={moves} cells={cells} nameOf={nameOf} label="Planned moves" />
        </>
      )}
    </Paper>
  )
}

const finding = ({ moves }: Plan): string => {
  const sum = (key: 'events' | 'bytes') => moves.reduce((total, move) => total + move[key], 0)
  return `${counted(moves.length, 'store')} would move: ${counted(sum('events'), 'event')}, ${byteSize(sum('bytes'))}`
}

/** They change something even if nothing moves. */
const doesMore: ReadonlySet<Kind> = new Set(['add', 'weight', 'drain', 'pin', 'unpin'])
