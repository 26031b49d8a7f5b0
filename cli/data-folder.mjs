// Plain Node, nothing imported from packages: it runs before anything is installed.
//
// Two servers on the same files would ruin them. So a running one leaves a note in its folder that names both its
// processes: this one, and workerd, which holds the files and outlives a killed parent.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** Makes the folder ours: writable, and with nobody else in it. Throws a sentence. */
export const ensureDataFolder = async (/** @type {string} */ dataDir) => {
  ensureWritable(dataDir)
  const note = readNote(dataDir)
  if (note === undefined) return
  if (note.pid !== process.pid && isRunning(note.pid, note.program))
    throw new Error(`PJai already runs on ${dataDir} (process ${note.pid}). Stop it, or choose another: PJAI_DATA=…`)
  if (isRunning(note.workerd, 'workerd')) {
    process.kill(note.workerd, 'SIGKILL')
    while (!hasEnded(note.workerd)) await sleep(20)
  }
  removeNote(dataDir)
}

/** @typedef {{ readonly pid: number, readonly program: string, readonly workerd: number }} Note */

export const writeNote = (/** @type {string} */ dataDir, /** @type {Note} */ note) =>
  writeFileSync(noteIn(dataDir), JSON.stringify(note))

export const removeNote = (/** @type {string} */ dataDir) => rmSync(noteIn(dataDir), { force: true })

const noteIn = (/** @type {string} */ dataDir) => join(dataDir, 'server.json')

/** @returns {Note | undefined} */
const readNote = (/** @type {string} */ dataDir) => {
  try {
    return JSON.parse(readFileSync(noteIn(dataDir), 'utf8'))
  } catch {
    return undefined // none, or cut short by the same kill that makes it worthless
  }
}

// Permission bits say little (root, read-only mounts, a full disk), so it tries.
const ensureWritable = (/** @type {string} */ dataDir) => {
  const probe = join(dataDir, `.probe-${process.pid}`)
  try {
    mkdirSync(dataDir, { recursive: true })
    writeFileSync(probe, 'probe')
    rmSync(probe)
  } catch (cause) {
    throw new Error(`Cannot write to the data folder ${dataDir}. Choose another: PJAI_DATA=/some/folder npm start`, {
      cause,
    })
  }
}

// The system gives the number of a dead process to a new one, so the number alone proves nothing.
const isRunning = (/** @type {number} */ pid, /** @type {string} */ program) => commandOf(pid).includes(program)

// A killed process loses its command first, its files and its port a moment later; that it has ended says its state
// alone: Z until its parent collects it, then none.
const hasEnded = (/** @type {number} */ pid) => /^(Z|$)/.test(stateOf(pid))

const stateOf = (/** @type {number} */ pid) => {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1) ?? ''
  } catch {
    return spawnSync('ps', ['-p', String(pid), '-o', 'stat='], { encoding: 'utf8' }).stdout ?? ''
  }
}

const commandOf = (/** @type {number} */ pid) => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return spawnSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' }).stdout ?? ''
  }
}
