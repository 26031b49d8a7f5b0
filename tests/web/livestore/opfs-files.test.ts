// @vitest-environment node
import { afterEach, expect, test, vi } from 'vitest'
import { recordedDisk } from '#tests/support/recorded-disk.ts'
import { writeNewStore } from '#web/livestore/hydration/opfs-files.ts'
import { halfMade, headerBytes, poolSize } from '#web/livestore/shard-files.ts'

afterEach(() => vi.unstubAllGlobals())

const databases = [
  { path: '/eventlog.db', bytes: new Uint8Array(20_000).fill(1) },
  { path: '/state-12345.db', bytes: new Uint8Array(9000).fill(2) },
]

test('[HY24] files that do not fit stay half made, and it is said how much they take', async () => {
  for (const room of [0, headerBytes, headerBytes + 19_999]) {
    const disk = recordedDisk()
    disk.limit(room)
    vi.stubGlobal('navigator', { storage: { getDirectory: async () => disk.root } })
    expect(await writeNewStore('persona_ada', databases)).toMatchObject({ noRoomFor: 29_000 })
    expect(disk.names()).toContain(halfMade)
  }
  const disk = recordedDisk()
  vi.stubGlobal('navigator', { storage: { getDirectory: async () => disk.root } })
  expect(await writeNewStore('persona_ada', databases)).toBeUndefined()
  expect(disk.names()).toHaveLength(poolSize)
})
