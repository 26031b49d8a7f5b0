import { decodeAccessHandlePoolFilename } from '@livestore/sqlite-wasm/browser'
import { expect, test, vi } from 'vitest'
import { type PoolFile, writeDatabases } from '#web/livestore/hydration/pool-files.ts'

const databases = [
  { path: '/eventlog.db', bytes: Uint8Array.from({ length: 20_000 }, (_, index) => index % 251) },
  { path: '/state-12345.db', bytes: Uint8Array.from({ length: 9000 }, (_, index) => index % 13) },
]

/** Files in memory that keep a copy of themselves after each write, and stop taking any after so many. */
const disk = (count: number, most = Number.POSITIVE_INFINITY, room = Number.POSITIVE_INFINITY) => {
  let files: Uint8Array[] = Array.from({ length: count }, () => new Uint8Array())
  let writes = 0
  const put = (index: number, bytes: Uint8Array) => {
    if (++writes > most) throw new Error('killed')
    files = files.with(index, bytes)
  }
  const handles = files.map(
    (_, index): PoolFile => ({
      write: (data, { at = 0 } = {}) => {
        const file = files[index]!
        const given = new Uint8Array(data as ArrayBuffer | Uint8Array<ArrayBuffer>)
        const taken = given.subarray(0, Math.max(0, room - at))
        const next = new Uint8Array(Math.max(file.length, at + taken.length))
        next.set(file)
        next.set(taken, at)
        put(index, next)
        return taken.length
      },
      truncate: (size) => {
        const next = new Uint8Array(size)
        next.set(files[index]!.subarray(0, size))
        put(index, next)
      },
      flush: () => undefined,
    }),
  )
  return { handles, files: () => files, writes: () => writes }
}

/** What LiveStore finds there, by its own reading. It reads zeros where a file ends early. */
const found = async (files: readonly Uint8Array[]) => {
  const named = await Promise.all(
    files.map(async (bytes) => {
      const padded = new Uint8Array(Math.max(4096, bytes.length))
      padded.set(bytes)
      return [await decodeAccessHandlePoolFilename(new File([padded], 'x')), bytes] as const
    }),
  )
  return new Map(named.filter(([path]) => path !== '').map(([path, bytes]) => [path, bytes.slice(4096)]))
}

test('[HY6] killed after any write, the files of a store hold no database, the log, or both, whole, as LiveStore reads them', async () => {
  vi.spyOn(console, 'warn').mockImplementation(() => undefined) // it says of each free file that it is free
  const whole = disk(20)
  writeDatabases(whole.handles, databases)
  for (let most = 0; most < whole.writes(); most++) {
    const { handles, files } = disk(20, most)
    expect(() => writeDatabases(handles, databases)).toThrow('killed')
    const there = await found(files())
    const expected = databases.slice(0, there.size).map(({ path, bytes }) => [path, bytes] as const)
    expect([...there]).toEqual(expected)
  }
  expect((await found(whole.files())).size).toBe(2)
})

test('[HY12] where there is no room left nothing is taken for a database', async () => {
  vi.spyOn(console, 'warn').mockImplementation(() => undefined)
  const { handles, files } = disk(20, Number.POSITIVE_INFINITY, 12_000)
  expect(() => writeDatabases(handles, databases)).toThrow('There is no room left.')
  expect((await found(files())).size).toBe(0)
})
