import { Schema } from '@livestore/livestore'
import { TelemetrySaid, type WaitsTold } from '#schema/health/waits.ts'
import { preference$ } from '#schema/workspace/queries.ts'
import type { WorkspaceStore } from '#web/livestore/stores.ts'
import { followWaits, noteWait } from '#web/livestore/waits.ts'
import { ask } from '#web/services/server.ts'
import { makeWaitTeller } from './wait-teller.ts'

/** The preference of a workspace: `off`, or anything else. */
export const telemetryKey = 'telemetry'

/** Tells the server how long people wait, if it wants to know and nobody is against it. Returns the end of it. */
export const startTelemetry = async (workspace: Pick<WorkspaceStore, 'subscribe'>): Promise<() => void> => {
  if (asksNotToBeTracked() || !(await isTelemetryWanted())) return ignoreWaits()
  const teller = makeWaitTeller(send)
  const tell = () => teller.tell(performance.now())
  let isOff = false
  const unsubscribe = workspace.subscribe(preference$(telemetryKey), (chosen) => {
    isOff = chosen === 'off'
    if (isOff) teller.drop()
  })
  followWaits((wait, endedAt) => {
    if (!isOff) teller.note(wait, endedAt)
  })
  const timer = setInterval(tell, minute)
  const ended = new AbortController()
  const { signal } = ended
  for (const event of ['error', 'unhandledrejection'])
    addEventListener(event, () => noteWait({ name: 'error', kind: 'script', ms: 0 }), { signal })
  document.addEventListener('visibilitychange', () => document.hidden && tell(), { signal })
  return () => {
    unsubscribe()
    clearInterval(timer)
    ended.abort()
    ignoreWaits()
  }
}

const ignoreWaits = () => {
  followWaits(() => undefined)
  return () => undefined
}

/** Not, when the server does not say. */
export const isTelemetryWanted = async (): Promise<boolean> => {
  const said = await ask('GET', '/api/telemetry')
  return isSaid(said) && said.isWanted
}

const isSaid = Schema.is(TelemetrySaid)

/** Do Not Track, or Global Privacy Control. */
export const asksNotToBeTracked = (asked: AskedOfPages = navigator): boolean =>
  asked.doNotTrack === '1' || asked.globalPrivacyControl === true

interface AskedOfPages {
  readonly doNotTrack?: string | null
  readonly globalPrivacyControl?: boolean
}

/** It outlives the page. What does not arrive is lost: nobody waits for it. */
const send = (told: WaitsTold) =>
  void fetch('/api/telemetry', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(told),
    keepalive: true,
  }).catch(() => undefined)

const minute = 60_000
