import { noteStep } from '#schema/tasks/commands.ts'
import { nextOf } from '#schema/tasks/kernel.ts'
import { answersUnderWay$, stateOfTask, stepsOf$, taskById$, tasksUnderWay$ } from '#schema/tasks/queries.ts'
import type { Task } from '#schema/tasks/state.ts'
import type { EngineOptions, PersonaReads } from './engine-options.ts'
import { canAnswer, runHop } from './run-hop.ts'
import { runLook } from './run-look.ts'

/**
 * Works on the tasks of a persona, as the kernel says (`schema/tasks/kernel.ts`), until each has ended.
 *
 *   tasks under way ──► one lock each ──► nextOf ─┬─ claim ──► a fact
 *        ▲                                        ├─ wait ───► for a time, the network, or any change of a task
 *        └──────────── any change ────────────────┴─ run ────► one hop, which ends in a fact
 *
 * It holds nothing that a reload would miss: all it goes by is in the log, but for the words that had arrived
 * (`saved-replies.ts`).
 */
export const makeTaskEngine = (options: EngineOptions) => {
  const working = new Set<string>()
  const waiting = new Set<AbortController>()

  const wake = () => {
    for (const wait of waiting) wait.abort()
  }
  options.onNetwork(wake)

  /** Until a time; null: until something changes. */
  const untilChange = async (until: Date | null) => {
    const wait = new AbortController()
    waiting.add(wait)
    const ms = until === null ? longest : Math.min(longest, until.getTime() - options.stampNow().at.getTime())
    await options.pause(Math.max(0, ms), wait.signal)
    waiting.delete(wait)
  }

  const workOn = async (store: PersonaReads, taskId: string, isStopped: () => boolean) => {
    while (!isStopped()) {
      const task = store.query(taskById$(taskId))
      if (task === null) return
      const state = stateOfTask(task, store.query(stepsOf$(taskId)))
      const now = options.stampNow()
      const next = nextOf(state, {
        deviceId: options.deviceId,
        now: now.at,
        isPresent: options.isPresent,
        isOnline: options.isOnline(),
      })
      if (next.do === 'nothing') return options.saved.drop(task)
      if (next.do === 'wait') await untilChange(next.until)
      else if (isBehindAnAnswer(store, task)) await untilChange(null)
      else if (next.do === 'run') await run(store, task, state, next.hop, options)
      else if (
        (state.claimedBy ?? state.queuedBy) === options.deviceId ||
        (await canAnswer(store, task, state, options))
      ) {
        const refusal = options.write(store, [noteStep(task, { kind: 'claimed' }, now)])
        if (refusal !== undefined) return options.onError(refusal)
        await options.breath()
      } else await untilChange(null)
    }
  }

  /** Works on what is under way now, and on what will be. Returns the end of it. */
  return (store: PersonaReads): (() => void) => {
    let stopped = false
    const start = (taskId: string) => {
      if (working.has(taskId)) return
      working.add(taskId)
      options
        .alone(`pjai-task-${taskId}`, () => workOn(store, taskId, () => stopped))
        .catch(options.onError)
        .finally(() => {
          working.delete(taskId)
          options.replies.end(taskId)
        })
    }
    const own = new Set<string>()
    const unsubscribe = store.subscribe(tasksUnderWay$, (tasks) => {
      wake()
      const mine = tasks.filter(({ claimedBy }) => claimedBy === options.deviceId).map(({ taskId }) => taskId)
      // Cancelled, answered or taken over from elsewhere.
      for (const taskId of own) if (!mine.includes(taskId)) options.replies.stop(taskId)
      own.clear()
      for (const taskId of mine) own.add(taskId)
      for (const { taskId } of tasks) start(taskId)
    })
    return () => {
      stopped = true
      unsubscribe()
      wake()
    }
  }
}

const run = (...args: Parameters<typeof runHop>) =>
  args[1].purpose === 'proposals' ? runLook(...args) : runHop(...args)

/** Who waits for an answer shall not wait for a look beside it: many a model does one thing at a time. */
const isBehindAnAnswer = (store: PersonaReads, { purpose, conversationId }: Task): boolean =>
  purpose === 'proposals' && store.query(answersUnderWay$(conversationId)).length > 0

/** Looked at again at least this often. Milliseconds. */
const longest = 60_000
