import type { StepFact } from './events.ts'

/**
 * The life of an AI task: one wish for an answer.
 *
 *            claimed           routed, started              answered
 *   queued ──────────► queued ─────────────────► running ─────────────► succeeded
 *     ▲               (by a device)   ▲             │ ├─────────────────► failed
 *     │                               │   hop fails │ └─────────────────► cancelled (by anybody, from anywhere)
 *     │                            routed           ▼
 *     └── claimed by another ◄────────────────── waiting ───────────────► failed
 *
 * 1. The log decides: facts count in its order, whoever wrote them. What comes before the queueing counts nothing.
 * 2. The first ending stands; nothing changes a task that has ended.
 * 3. The last claim stands. What a device says of its work counts while it is the one that claims; that it answered, or
 *    that somebody cancelled, counts from anybody.
 * 4. The answer's id follows from the task's, so that two devices that both answer write one message, and the first stands.
 * 5. A task that has not ended is never stuck: there is a device for which `nextOf` is to claim or to run, now or at a time
 *    that it names.
 * 6. A fact given twice changes nothing the second time.
 */
export type TaskStatus = 'queued' | 'running' | 'waiting' | 'succeeded' | 'failed' | 'cancelled'

export interface Hop {
  readonly hop: number
  readonly accountId: string
  readonly model: string
  readonly failure: HopFailure | null
}

interface HopFailure {
  readonly code: string
  readonly detail: string
  readonly retryAt: Date | null
  readonly againAt?: Date | undefined
}

export interface TaskState {
  readonly status: TaskStatus
  /** Who asked. */
  readonly queuedBy: string
  readonly claimedBy: string | null
  /** When the device that asked, or the one that claims, was last heard of. */
  readonly heardAt: Date
  readonly intent: string | null
  readonly hops: readonly Hop[]
}

/** A step as it stands in the log. */
export type Step = StepFact & { readonly at: Date; readonly deviceId: string }

export const queuedTask = (queuedBy: string, queuedAt: Date): TaskState => ({
  status: 'queued',
  queuedBy,
  claimedBy: null,
  heardAt: queuedAt,
  intent: null,
  hops: [],
})

export const hasEnded = ({ status }: Pick<TaskState, 'status'>): boolean =>
  status === 'succeeded' || status === 'failed' || status === 'cancelled'

export const evolve = (task: TaskState, step: Step): TaskState => {
  if (hasEnded(task)) return task
  if (step.kind === 'succeeded' || step.kind === 'cancelled') return { ...task, status: step.kind }
  if (step.kind === 'claimed') {
    const anew = task.claimedBy !== step.deviceId
    return { ...task, claimedBy: step.deviceId, heardAt: step.at, status: anew ? 'queued' : task.status }
  }
  if (task.claimedBy !== step.deviceId) return task
  const heard = { ...task, heardAt: step.at }
  switch (step.kind) {
    case 'classified':
      return { ...heard, intent: step.intent }
    case 'routed':
      return { ...heard, status: 'running', hops: withHop(task.hops, step) }
    case 'hopFailed':
      return { ...heard, status: 'waiting', hops: withFailure(task.hops, step) }
    case 'failed':
      return { ...heard, status: 'failed' }
    case 'prompted':
    case 'started':
      return heard
  }
}

const withHop = (hops: readonly Hop[], { hop, accountId, model }: Extract<StepFact, { kind: 'routed' }>) => [
  ...hops.filter((other) => other.hop !== hop),
  { hop, accountId, model, failure: hops.find((other) => other.hop === hop)?.failure ?? null },
]

const withFailure = (hops: readonly Hop[], failed: Extract<StepFact, { kind: 'hopFailed' }>) =>
  hops.map((hop) => (hop.hop === failed.hop ? { ...hop, failure: failureOf(failed) } : hop))

const failureOf = ({ code, detail, retryAt, againAt }: Extract<StepFact, { kind: 'hopFailed' }>): HopFailure => ({
  code,
  detail,
  retryAt: retryAt ?? null,
  againAt,
})

export interface World {
  readonly deviceId: string
  readonly now: Date
  /** Whether another device shows that it is here. */
  readonly isPresent: (deviceId: string) => boolean
  readonly isOnline: boolean
}

export type Next =
  | { readonly do: 'claim' }
  /** Route the next hop and run it. */
  | { readonly do: 'run'; readonly hop: number }
  /** Until the time, or until something changes. Null: until there is a network. */
  | { readonly do: 'wait'; readonly until: Date | null }
  | { readonly do: 'nothing' }

/** Milliseconds without a word after which a device that is not present has gone. */
export const goneAfter = 180_000

/** What this device is to do about a task. `run` is asked only by who does not run it already. */
export const nextOf = (task: TaskState, { deviceId, now, isPresent, isOnline }: World): Next => {
  if (hasEnded(task)) return { do: 'nothing' }
  const worker = task.claimedBy ?? task.queuedBy
  if (worker !== deviceId) {
    const goneAt = Math.max(task.heardAt.getTime(), isPresent(worker) ? now.getTime() : 0) + goneAfter
    return goneAt <= now.getTime() ? { do: 'claim' } : { do: 'wait', until: new Date(goneAt) }
  }
  if (task.claimedBy === null) return { do: 'claim' }
  const last = task.hops.at(-1)
  if (task.status === 'waiting' && last?.failure?.code === 'offline' && !isOnline) return { do: 'wait', until: null }
  // A limit ends when it ends: until then another model may be asked.
  const isPause = task.status === 'waiting' && last?.failure?.code !== 'quota'
  const retryAt = isPause ? (last?.failure?.retryAt ?? null) : null
  if (retryAt !== null && retryAt > now) return { do: 'wait', until: retryAt }
  return { do: 'run', hop: Math.max(-1, ...task.hops.map(({ hop }) => hop)) + 1 }
}
