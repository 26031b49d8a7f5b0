// Plain Node, nothing imported from packages.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../', import.meta.url))
const sources = [
  'schema',
  'sealing',
  'proof',
  'bundle',
  'web',
  'sync-worker',
  'vite.config.ts',
  'wrangler.toml',
  'package.json',
  'package-lock.json',
  'patches',
]
const stampFile = join(root, 'dist/.sources')
const lockFile = join(root, 'node_modules/.cache/pjai/build.lock')

/** Builds `dist/`, unless it was built from exactly these sources. Throws a sentence when the build fails. */
export const ensureBuilt = () =>
  oneAtATime(() => {
    const stamp = hashOfSources()
    if (stamp === readOr(stampFile, '')) return
    console.log('Building …')
    rmSync(stampFile, { force: true }) // a build cut short counts as none
    const vite = spawnSync(process.execPath, ['node_modules/vite/bin/vite.js', 'build'], {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, NODE_ENV: 'production' }, // tests build too, and theirs is another
    })
    if (vite.status !== 0) throw new Error(`${vite.stdout}\n${vite.stderr}\nThe build failed: Vite says why above.`)
    writeFileSync(stampFile, stamp)
  })

const hashOfSources = () => {
  const hash = createHash('sha256')
  for (const file of sources.flatMap(filesIn).sort()) hash.update(`\0${file}\0`).update(readFileSync(join(root, file)))
  return hash.digest('hex')
}

/** @returns {string[]} */
const filesIn = (/** @type {string} */ path) =>
  statSync(join(root, path)).isFile()
    ? [path]
    : readdirSync(join(root, path), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(root.length))
        .filter((file) => !file.includes('/.')) // what a build leaves among them is no source of the next

// Test files start servers side by side; two builds at once would mix their outputs.
const oneAtATime = (/** @type {() => void} */ work) => {
  mkdirSync(dirname(lockFile), { recursive: true })
  while (!takeLock()) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100)
  try {
    work()
  } finally {
    rmSync(lockFile, { force: true })
  }
}

const takeLock = () => {
  try {
    writeFileSync(lockFile, String(process.pid), { flag: 'wx' })
    return true
  } catch {
    if (!isAlive(Number(readOr(lockFile, '')))) rmSync(lockFile, { force: true })
    return false
  }
}

const isAlive = (/** @type {number} */ pid) => {
  try {
    return pid !== process.pid && process.kill(pid, 0)
  } catch {
    return false
  }
}

const readOr = (/** @type {string} */ file, /** @type {string} */ fallback) => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return fallback
  }
}
