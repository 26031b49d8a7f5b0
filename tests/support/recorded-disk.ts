/** One thing that was done to a file. */
type Step =
  | { readonly write: Uint8Array; readonly at: number; readonly name: string }
  | { readonly size: number; readonly name: string }

export interface RecordedDisk {
  /** Stands in for OPFS where there is none: a folder of files in memory. */
  readonly root: FileSystemDirectoryHandle
  readonly names: () => readonly string[]
  /** How many writes and truncations there were so far. */
  readonly steps: () => number
  /** What the files held after so many of them. */
  readonly filesAfter: (steps: number) => ReadonlyMap<string, Uint8Array>
  /** From now on no file gets longer than so many bytes: what does not fit is not written. */
  readonly limit: (bytes: number) => void
}

export const recordedDisk = (begin: ReadonlyMap<string, Uint8Array> = new Map()): RecordedDisk => {
  const files = new Map(begin)
  const steps: Step[] = []
  let room = Number.POSITIVE_INFINITY
  const take = (step: Step) => {
    steps.push(step)
    apply(files, step)
  }

  const handleOf = (name: string) => ({
    kind: 'file',
    name,
    createSyncAccessHandle: async () => ({
      read: (room: ArrayBufferView, { at = 0 } = {}) => {
        const found = bytesOf(files, name).subarray(at, at + room.byteLength)
        plain(room).set(found)
        return found.length
      },
      write: (given: ArrayBufferView, { at = 0 } = {}) => {
        const fitting = plain(given).slice(0, Math.max(0, room - at))
        take({ write: fitting, at, name })
        return fitting.length
      },
      truncate: (size: number) => take({ size, name }),
      getSize: () => bytesOf(files, name).length,
      flush: () => undefined,
      close: () => undefined,
    }),
  })
  const root = {
    getDirectoryHandle: async () => root,
    getFileHandle: async (name: string) => {
      files.set(name, bytesOf(files, name))
      return handleOf(name)
    },
    removeEntry: async (name: string) => {
      files.delete(name)
    },
    values: async function* () {
      for (const name of files.keys()) yield handleOf(name)
    },
  }
  return {
    root: root as unknown as FileSystemDirectoryHandle, // what LiveStore's pool of files asks of one
    names: () => [...files.keys()],
    steps: () => steps.length,
    limit: (bytes) => {
      room = bytes
    },
    filesAfter: (count) => {
      const then = new Map(begin)
      for (const step of steps.slice(0, count)) apply(then, step)
      return then
    },
  }
}

const apply = (files: Map<string, Uint8Array>, step: Step) => {
  const before = bytesOf(files, step.name)
  if ('size' in step) {
    const after = new Uint8Array(step.size)
    after.set(before.subarray(0, step.size))
    files.set(step.name, after)
    return
  }
  const after = new Uint8Array(Math.max(before.length, step.at + step.write.length))
  after.set(before)
  after.set(step.write, step.at)
  files.set(step.name, after)
}

const plain = ({ buffer, byteOffset, byteLength }: ArrayBufferView) => new Uint8Array(buffer, byteOffset, byteLength)

const bytesOf = (files: ReadonlyMap<string, Uint8Array>, name: string) => files.get(name) ?? new Uint8Array()
