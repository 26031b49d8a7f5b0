import { Button, Group, Paper, Text, Title } from '@mantine/core'
import { Link, useSearch } from '@tanstack/react-router'
import type { CellsSaid, MovesSaid } from '#schema/placement/wire.ts'
import { MoveList } from '#web/features/shards/move-list.tsx'
import classes from '#web/features/shards/shards.module.css'
import { ToldView } from '#web/features/shards/told.tsx'
import { useStoreNames } from '#web/features/shards/use-store-names.ts'
import { useTold } from '#web/services/cells/watch.ts'
import { cellsWatch, movesWatch } from '#web/services/cells/watches.ts'
import { EmptyState } from '#web/ui/empty-state.tsx'
import { FlowCard } from './flow-card.tsx'
import { MoveCard } from './move-card.tsx'
import { MoveHistory } from './move-history.tsx'
import { PastDays } from './past-days.tsx'
import { isUnderWay } from './steps.ts'

/** What is on its way, step by step, and what went before. */
export const MovesView = () => (
  <div className={classes.content}>
    <ToldView watch={movesWatch} title="Moves are not known here">
      {(said) => <MovesOf said={said} />}
    </ToldView>
  </div>
)

const MovesOf = ({ said }: { readonly said: MovesSaid }) => {
  const cells = useTold(cellsWatch).value?.cells ?? noCells
  const nameOf = useStoreNames()
  // The route's own parser makes every value a text.
  const { store } = useSearch({ strict: false }) as Readonly<Record<string, string>>
  const moves = said.moves.filter(({ storeId }) => store === undefined || storeId === store)
  const running = moves.filter(isUnderWay)
  const past = moves.filter((move) => !isUnderWay(move))
  const waiting = said.waiting.filter(({ storeId }) => store === undefined || storeId === store)
  return (
    <>
      {store !== undefined && (
        <Group gap="sm">
          <Text size="sm">Only moves of {nameOf(store)}</Text>
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            renderRoot={(props) => <Link {...props} to="/shards/moves" />}
          >
            Show all
          </Button>
        </Group>
      )}
      {running.length > 0 && <FlowCard cells={cells} moves={running} waiting={waiting.length} />}
      {running.map((move) => (
        <MoveCard key={move.moveId} move={move} cells={cells} name={nameOf(move.storeId)} />
      ))}
      {waiting.length > 0 && (
        <Paper component="section" withBorder p="md" aria-label="Waiting moves">
          <Title order={2} size="md" lh="md">
            {waiting.length} waiting for {waiting.length === 1 ? 'its' : 'their'} turn
          </Title>
          <MoveList moves={waiting} cells={cells} nameOf={nameOf} label="Waiting moves" />
        </Paper>
      )}
      {past.length > 0 && <MoveHistory moves={past} cells={cells} nameOf={nameOf} />}
      {moves.length + waiting.length === 0 && (
        <EmptyState
          title="Nothing has moved"
          text="A store goes to another cell while everybody goes on writing; each step of it shows here."
          action={
            <Button variant="default" renderRoot={(props) => <Link {...props} to="/shards/plan" />}>
              Plan a move
            </Button>
          }
        />
      )}
      {store === undefined && <PastDays />}
    </>
  )
}

const noCells: CellsSaid['cells'] = []
