import { Schema } from 'effect'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { WaitsTold } from '#schema/health/waits.ts'
import { choosePreference } from '#schema/workspace/commands.ts'
import { commit, workspaceStoreWith } from '#tests/support/stores.ts'
import { noteWait } from '#web/livestore/waits.ts'
import { asksNotToBeTracked, startTelemetry, telemetryKey } from '#web/services/telemetry/telemetry.ts'

const stamp = { at: new Date('2026-03-01T12:00:00Z'), actorId: 'a', deviceId: 'd' }

const asked = vi.fn<(path: string, init: RequestInit) => void>()
let isWanted = true
let stop = () => {}

beforeEach(() => {
  asked.mockClear()
  isWanted = true
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    asked(path, init)
    return init.method === 'GET' ? Response.json({ isWanted }) : new Response(null, { status: 204 })
  })
})
afterEach(() => {
  stop()
  vi.unstubAllGlobals()
})

test('[HE26] nothing is told where the server does not want it, where somebody switched it off, or where the browser asks not to be tracked', async () => {
  const workspace = await workspaceStoreWith()
  isWanted = false
  stop = await startTelemetry(workspace)
  expect(toldAfterAWait()).toEqual([])
  isWanted = true
  stop = await startTelemetry(workspace)
  expect(toldAfterAWait()).toEqual(['saved'])
  commit(workspace, choosePreference(telemetryKey, 'off', stamp))
  expect(toldAfterAWait()).toEqual([])
  commit(workspace, choosePreference(telemetryKey, 'on', stamp))
  expect(toldAfterAWait()).toEqual(['saved'])
  stop()
  expect(toldAfterAWait()).toEqual([])
  vi.stubGlobal('navigator', { doNotTrack: '1' })
  asked.mockClear()
  stop = await startTelemetry(workspace)
  expect(asked).not.toHaveBeenCalled()
  expect(toldAfterAWait()).toEqual([])
})

test('[HE26] a browser asks not to be tracked by Do Not Track or Global Privacy Control', () => {
  expect(asksNotToBeTracked({ doNotTrack: '1' })).toBe(true)
  expect(asksNotToBeTracked({ globalPrivacyControl: true })).toBe(true)
  for (const asked of [{}, { doNotTrack: null }, { doNotTrack: 'unspecified' }, { globalPrivacyControl: false }])
    expect(asksNotToBeTracked(asked)).toBe(false)
})

const decodeTold = Schema.decodeUnknownSync(Schema.parseJson(WaitsTold))

/** Somebody waits and leaves the page; the names of what is told then. */
const toldAfterAWait = (): readonly string[] => {
  asked.mockClear()
  noteWait({ name: 'saved', ms: 3 })
  const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true)
  document.dispatchEvent(new Event('visibilitychange'))
  hidden.mockRestore()
  return asked.mock.calls.flatMap(([, { body }]) => decodeTold(body).waits.map(({ name }) => name))
}
