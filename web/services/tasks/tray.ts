import { useSyncExternalStore } from 'react'
import type { Task } from '#schema/tasks/state.ts'

/** What this page knows of answers under way, and of those that failed since it was opened. Small: the first page has it. */
let shown: readonly Task[] = []
const underWay = new Map<string, readonly Task[]>()
const failed = new Map<string, Task>()
const listeners = new Set<() => void>()

const publish = () => {
  shown = [...[...underWay.values()].flat(), ...failed.values()]
  for (const listener of listeners) listener()
}

/** Told at every change of what is under way in a persona. */
export const tellTray = (personaId: string, tasks: readonly Task[], now: (taskId: string) => Task | null) => {
  const ids = new Set(tasks.map(({ taskId }) => taskId))
  for (const { taskId } of underWay.get(personaId) ?? []) {
    const ended = ids.has(taskId) ? null : now(taskId)
    if (ended?.status === 'failed') failed.set(taskId, ended)
  }
  underWay.set(personaId, tasks)
  publish()
}

export const dismiss = (taskId: string) => {
  failed.delete(taskId)
  publish()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

export const useTray = (): readonly Task[] => useSyncExternalStore(subscribe, () => shown)
export const useHasTray = (): boolean => useSyncExternalStore(subscribe, () => shown.length > 0)
