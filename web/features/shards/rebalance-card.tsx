import { Button, Group, Paper, Text, Title } from '@mantine/core'
import { useState } from 'react'
import type { CellsSaid, RebalanceSaid } from '#schema/placement/wire.ts'
import { carryOut, look } from '#web/services/cells/placement-calls.ts'
import { useTold } from '#web/services/cells/watch.ts'
import { movesWatch, rebalanceWatch } from '#web/services/cells/watches.ts'
import { counted } from '#web/ui/charts/numbers.ts'
import { RelativeTime, useCurrentMinute } from '#web/ui/times.tsx'
import { showDone, showRefusal } from '#web/ui/undo.tsx'
import { MoveList } from './move-list.tsx'
import { PolicyDialog } from './policy-dialog.tsx'
import type { NameOf } from './use-store-names.ts'

interface RebalanceCardProps {
  readonly said: CellsSaid
  readonly nameOf: NameOf
}

/** Whether cells are kept even by themselves: when that was looked at, when it will be, and what came of it. */
export const RebalanceCard = ({ said: { cells, mayOperate }, nameOf }: RebalanceCardProps) => {
  const { value } = useTold(rebalanceWatch)
  const [isAsking, setAsking] = useState(false)
  const [isSetting, setSetting] = useState(false)
  const now = useCurrentMinute()
  if (value === undefined) return null
  const { policy, last, nextAt, underWay, waiting, suggestions } = value
  const act = async (asked: Promise<RebalanceSaid | Error>, done: (said: RebalanceSaid) => string) => {
    setAsking(true)
    const answer = await asked
    setAsking(false)
    if (answer instanceof Error) showRefusal(answer)
    else showDone(done(answer))
    void rebalanceWatch.ask()
    void movesWatch.ask()
  }
  return (
    <Paper component="section" withBorder p="md" aria-label="Rebalancing">
      <Group justify="space-between" wrap="nowrap" align="start">
        <div>
          <Title order={2} size="md" lh="md">
            {finding(value)}
          </Title>
          <Text size="sm" c="dimmed">
            {modeWords[policy.mode]}
            {policy.mode !== 'off' && `, every ${counted(policy.everyMinutes, 'minute')}`}.{' '}
            {last === null ? (
              'Not looked yet'
            ) : (
              <>
                Last looked <RelativeTime at={new Date(last.at)} />
              </>
            )}
            {nextAt !== null && Date.parse(nextAt) > now && (
              <>
                {', next '}
                <RelativeTime at={new Date(nextAt)} />
              </>
            )}
          </Text>
        </div>
        {mayOperate && (
          <Group gap={4} wrap="nowrap">
            <Button size="compact-sm" variant="subtle" color="gray" onClick={() => setSetting(true)}>
              Settings
            </Button>
            <Button
              size="compact-sm"
              variant="default"
              loading={isAsking}
              onClick={() => void act(look(), ({ suggestions }) => `${counted(suggestions.length, 'move')} suggested.`)}
            >
              Look now
            </Button>
          </Group>
        )}
      </Group>
      {suggestions.length > 0 && (
        <>
          <MoveList moves={suggestions} cells={cells} nameOf={nameOf} label="Suggested moves" />
          {mayOperate && underWay + waiting === 0 && (
            <Button
              size="compact-sm"
              mt="sm"
              loading={isAsking}
              onClick={() => void act(carryOut(suggestions), () => `${counted(suggestions.length, 'move')} begun.`)}
            >
              Move {suggestions.length === 1 ? 'it' : `all ${suggestions.length}`}
            </Button>
          )}
        </>
      )}
      {isSetting && <PolicyDialog policy={policy} onClose={() => setSetting(false)} />}
    </Paper>
  )
}

const finding = ({ underWay, waiting, suggestions }: RebalanceSaid): string => {
  if (underWay + waiting > 0)
    return `${counted(underWay, 'move')} under way${waiting === 0 ? '' : `, ${counted(waiting, 'more', 'more')} waiting`}`
  return suggestions.length === 0 ? 'Nothing needs to move' : `${counted(suggestions.length, 'move')} suggested`
}

const modeWords = {
  off: 'Rebalancing is off',
  suggest: 'Suggests moves, starts none',
  act: 'Moves what it suggests',
} as const
