import { taskById$, tasksUnderWay$ } from '#schema/tasks/queries.ts'
import { execute } from '#web/livestore/execute.ts'
import { session, stampNow } from '#web/livestore/session.ts'
import { openPersona, type PersonaStore, personaStoreId, pool } from '#web/livestore/stores.ts'
import { othersHere } from '#web/services/presence.ts'
import { makeTaskEngine } from './engine.ts'
import { models } from './models.ts'
import { owed } from './owed.ts'
import { replies } from './replies.ts'
import { makeSavedReplies } from './saved-replies.ts'
import { tellTray } from './tray.ts'

const attendTo = makeTaskEngine({
  deviceId: session.deviceId,
  replies,
  saved: makeSavedReplies(localStorage),
  models,
  // What `startTasks` gave comes back here.
  write: (store, facts) => execute(store as PersonaStore, facts),
  alone: (name, run) => navigator.locks.request(name, run),
  stampNow,
  clock: () => performance.now(),
  random: Math.random,
  nextFrame: () =>
    new Promise((resolve) => (document.hidden ? setTimeout(resolve, 250) : requestAnimationFrame(resolve))),
  breath: async () => {
    if (document.hidden) return
    // The timer is for a page that is hidden meanwhile; the message comes after the frame that was begun.
    await Promise.race([new Promise(requestAnimationFrame), new Promise((resolve) => setTimeout(resolve, 100))])
    const { port1, port2 } = new MessageChannel()
    await new Promise((resolve) => {
      port1.onmessage = resolve
      port2.postMessage(null)
    })
    port1.close()
  },
  pause: (ms, signal) =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      signal.addEventListener('abort', () => {
        clearTimeout(timer)
        resolve()
      })
    }),
  fileBytes: async (personaId, attachmentId) => {
    const { attachmentBytes } = await import('#web/services/attachments/attachment-bytes.ts')
    return attachmentBytes(personaId, attachmentId)
  },
  isPresent: (deviceId) => othersHere().some((other) => other.deviceId === deviceId),
  isOnline: () => navigator.onLine,
  onNetwork: (listener) => {
    addEventListener('online', listener)
    addEventListener('offline', listener)
    return () => undefined // as long as the page
  },
  onError: (error) => console.error('An answer could not be worked on.', error),
})

const attended = new Map<string, PersonaStore>()

/** Works on what is asked of a persona, now and from now on; its store stays open while something is under way. */
export const startTasks = async (personaId: string) => {
  const store = await openPersona(personaId)
  if (attended.get(personaId) === store) return
  attended.set(personaId, store)
  const stop = attendTo(store)
  let release: (() => void) | undefined
  const unsubscribe = store.subscribe(tasksUnderWay$, (tasks) => {
    const own = tasks.filter(({ claimedBy, queuedBy }) => (claimedBy ?? queuedBy) === session.deviceId)
    owed.set(personaId, own.length > 0)
    tellTray(personaId, tasks, (taskId) => store.query(taskById$(taskId)))
    if (own.length > 0) release ??= pool.retain(store.storeId)
    else {
      release?.()
      release = undefined
    }
  })
  const leave = pool.subscribe(() => {
    if (pool.peek(personaStoreId(personaId)) === store) return
    leave()
    unsubscribe()
    stop()
    if (attended.get(personaId) !== store) return
    attended.delete(personaId)
    if (owed.has(personaId)) void startTasks(personaId) // its store died: it is opened anew
  })
}
