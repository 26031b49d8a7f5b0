import { Loader, Text } from '@mantine/core'
import { Check, Minus, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { anchorsOf$ } from '#schema/anchors/queries.ts'
import { devices$ } from '#schema/workspace/queries.ts'
import { usePersonaId, useWorkspaceStore } from '#web/livestore/store-views.tsx'
import type { ShardReport } from '#web/services/history/verify-shard.ts'
import { isClosed } from './problems.ts'
import classes from './verify.module.css'
import { countOf, logsSentence, serverSentence } from './verify-sentences.ts'

/** What is verified, in its order, and what came of each. */
export const VerifySteps = ({ report, isRunning }: { readonly report: ShardReport; readonly isRunning: boolean }) => {
  const { overview, server, logs, state } = report
  const checked = server === undefined || server instanceof Error ? undefined : server
  const isIntact =
    checked?.verification.isIntact === true && checked.contradictions.every(({ kind }) => kind === 'truncated')
  const isComplete = checked?.verification.isComplete === true && checked.contradictions.length === 0
  return (
    <ol className={classes.steps} aria-label="What is verified">
      <Step
        title="The server’s log is intact"
        is={checked === undefined ? pending(server !== undefined, isRunning) : isIntact ? 'sound' : 'broken'}
      >
        {serverSentence(report)}
      </Step>
      <Step
        title="The server’s log is complete"
        is={checked === undefined ? pending(server !== undefined, isRunning) : isComplete ? 'sound' : 'broken'}
      >
        {checked === undefined ? 'Needs the server.' : <SeenBy />}
      </Step>
      <Step title="This device’s log equals it" is={logsAre(logs, server !== undefined, isRunning)}>
        {logsSentence(report)}
      </Step>
      <Step
        title="Two rebuilds make the same state"
        is={
          state === undefined ? pending(false, isRunning) : state.rebuilt.hash === state.again.hash ? 'sound' : 'broken'
        }
      >
        {overview === undefined
          ? 'Not looked at yet.'
          : `${countOf(overview.head, 'event')} replayed by the materializers of this version.${skippedWords(overview.skipped)}`}
      </Step>
      <Step
        title="The state is what this device keeps and this tab shows"
        is={
          state === undefined
            ? pending(false, isRunning)
            : state.kept.differences.length + state.shown.differences.length === 0
              ? 'sound'
              : 'broken'
        }
      >
        {state === undefined
          ? 'Not looked at yet.'
          : `${countOf(state.rebuilt.tables.size, 'table')} compared, row by row.`}
      </Step>
    </ol>
  )
}

/** Which devices of this person verified the log too, and how far. */
const SeenBy = () => {
  const workspace = useWorkspaceStore()
  const devices = new Map(
    workspace.useQuery(devices$).map(({ deviceId, browser, platform }) => [deviceId, `${browser} on ${platform}`]),
  )
  const anchors = workspace.useQuery(anchorsOf$(usePersonaId()))
  const furthest = new Map<string, number>()
  for (const { deviceId, seq } of anchors) furthest.set(deviceId, Math.max(furthest.get(deviceId) ?? 0, seq))
  if (furthest.size === 0) return 'Nothing is missing that the server signed for. No device has anchored this log yet.'
  const seen = [...furthest].map(
    ([deviceId, seq]) => `${devices.get(deviceId) ?? 'another device'} up to event ${seq.toLocaleString()}`,
  )
  return `Nothing is missing that the server signed for or a device saw: ${seen.join(', ')}.`
}

type Outcome = 'sound' | 'broken' | 'running' | 'unknown'

const pending = (isOver: boolean, isRunning: boolean): Outcome => (isRunning && !isOver ? 'running' : 'unknown')

const logsAre = (logs: ShardReport['logs'], isOver: boolean, isRunning: boolean): Outcome => {
  if (logs === undefined) return pending(isOver, isRunning)
  if (logs instanceof Error) return isClosed(logs) ? 'broken' : 'unknown'
  return logs.unlike.length === 0 ? 'sound' : 'broken'
}

const skippedWords = (skipped: ReadonlyMap<string, number>) =>
  skipped.size === 0
    ? ''
    : ` Not known to it, and left out: ${[...skipped].map(([name, count]) => `${name} (${count})`).join(', ')}.`

interface StepProps {
  readonly title: string
  readonly is: Outcome
  readonly children: ReactNode
}

const Step = ({ title, is, children }: StepProps) => (
  <li className={classes.step}>
    <span className={classes.mark} data-is={is} role="img" aria-label={outcomeWords[is]}>
      {is === 'sound' && <Check size={16} aria-hidden />}
      {is === 'broken' && <X size={16} aria-hidden />}
      {is === 'running' && <Loader size={14} />}
      {is === 'unknown' && <Minus size={16} aria-hidden />}
    </span>
    <div>
      <Text size="sm" fw={600}>
        {title}
      </Text>
      <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        {children}
      </Text>
    </div>
  </li>
)

const outcomeWords: Readonly<Record<Outcome, string>> = {
  sound: 'Verified',
  broken: 'Failed',
  running: 'Under way',
  unknown: 'Not verified',
}
