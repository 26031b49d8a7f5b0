import { Button, Group, Paper, Text, Title } from '@mantine/core'
import { ArrowRight, Check } from 'lucide-react'
import { useState, useSyncExternalStore } from 'react'
import type { CellsSaid } from '#schema/placement/wire.ts'
import { CellName, hueOf, hueStyle } from '#web/features/shards/cell-face.tsx'
import { type Move, rollBack } from '#web/services/cells/placement-calls.ts'
import { movesWatch } from '#web/services/cells/watches.ts'
import { byteSize } from '#web/ui/byte-size.ts'
import { wholeNumber } from '#web/ui/charts/numbers.ts'
import { showDone, showRefusal } from '#web/ui/undo.tsx'
import classes from './moves.module.css'
import { canRollBack, partOf, placeOfStep, steps, stepWords, took } from './steps.ts'

interface MoveCardProps {
  readonly move: Move
  readonly cells: CellsSaid['cells']
  readonly name: string
}

/** One move as it goes: which step, how much of how many, and the way back while there is one. */
export const MoveCard = ({ move, cells, name }: MoveCardProps) => {
  const { storeId, moveId, from, to, step, events, copied, bytes, fenceMs, startedAt, why, isMine } = move
  const [isGoingBack, setGoingBack] = useState(false)
  const now = useSyncExternalStore(subscribeToSeconds, currentSecond)
  const callBack = async () => {
    setGoingBack(true)
    const refusal = await rollBack(storeId, moveId)
    setGoingBack(false)
    if (!showRefusal(refusal)) showDone(`${name} stays in ${from}.`)
    void movesWatch.ask()
  }
  return (
    <Paper component="section" withBorder p="md" aria-label={`Move of ${name}`}>
      <Group justify="space-between" wrap="nowrap" align="start">
        <div>
          <Group gap={8} wrap="wrap">
            <Title order={2} size="md" lh="md">
              {name}
            </Title>
            <CellName cells={cells} cellId={from} />
            <ArrowRight size={14} role="img" aria-label="to" />
            <CellName cells={cells} cellId={to} />
          </Group>
          <Text size="sm" c="dimmed" role="status">
            {stepWords[step] ?? step}
            {why !== null && `: ${why}`}
          </Text>
        </div>
        {isMine && canRollBack(move) && (
          <Button size="compact-sm" variant="default" flex="none" loading={isGoingBack} onClick={() => void callBack()}>
            Call it back
          </Button>
        )}
      </Group>
      <div
        className={classes.progress}
        style={hueStyle(hueOf(cells, to))}
        role="progressbar"
        aria-label={`Events of ${name} copied`}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(partOf(move) * 100)}
      >
        <span style={{ inlineSize: `${partOf(move) * 100}%` }} />
      </div>
      <Text size="xs" c="dimmed" className={classes.figures}>
        {wholeNumber(copied)} of {wholeNumber(events)} events, {byteSize(bytes)},{' '}
        {took(startedAt, new Date(now).toISOString())}
        {fenceMs !== null && `, writers waited ${wholeNumber(fenceMs)} ms`}
      </Text>
      <Steps move={move} />
    </Paper>
  )
}

const Steps = ({ move }: { readonly move: Move }) => {
  const at = placeOfStep(move)
  if (at < 0) return null
  return (
    <ol className={classes.steps}>
      {steps.slice(0, -2).map((step, place) => (
        <li
          key={step}
          data-state={place < at ? 'done' : place === at ? 'now' : 'ahead'}
          aria-current={place === at ? 'step' : undefined}
        >
          <span className={classes.mark} aria-hidden>
            {place < at && <Check size={10} strokeWidth={3} />}
          </span>
          {step}
        </li>
      ))}
    </ol>
  )
}

const subscribeToSeconds = (listener: () => void) => {
  const timer = setInterval(listener, 1000)
  return () => clearInterval(timer)
}

const currentSecond = () => Math.floor(Date.now() / 1000) * 1000
