// Plain Node, nothing imported: it runs before anything is installed.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'

const root = new URL('../', import.meta.url)
const patchStamp = new URL('node_modules/.pjai-patches', root) // npm removes it with the rest

/**
 * Installs what package-lock.json names, patched as `patches/` says, unless node_modules already holds exactly that. Throws a
 * sentence when npm fails.
 */
export const ensureInstalled = () => {
  if (isInstalled()) return
  console.log('Installing the packages of package-lock.json (a few minutes the first time) …')
  // --include=dev: an environment with NODE_ENV=production would leave out the tools that build and test.
  const npm = spawnSync('npm', ['ci', '--include=dev', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  if (npm.status !== 0) throw new Error('Installing failed: npm says why above. Is the package registry within reach?')
  writeFileSync(patchStamp, hashOfPatches())
}

// npm writes node_modules/.package-lock.json when an install is complete, so an interrupted one counts as none.
const isInstalled = () => {
  if (readOr(patchStamp, '') !== hashOfPatches()) return false
  const wanted = packagesOf('package-lock.json')
  const present = packagesOf('node_modules/.package-lock.json')
  return Object.entries(wanted).every(
    // Optional packages are other platforms' builds; '' is this project itself.
    ([path, { optional, version }]) => path === '' || optional || present[path]?.version === version,
  )
}

const hashOfPatches = () => {
  const folder = new URL('patches/', root)
  const hash = createHash('sha256')
  for (const name of readdirSync(folder).sort()) hash.update(`\0${name}\0`).update(readFileSync(new URL(name, folder)))
  return hash.digest('hex')
}

const readOr = (/** @type {URL} */ file, /** @type {string} */ otherwise) => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return otherwise
  }
}

/** @returns {Record<string, { version?: string, optional?: boolean }>} */
const packagesOf = (/** @type {string} */ lockfile) => {
  try {
    return JSON.parse(readFileSync(new URL(lockfile, root), 'utf8')).packages
  } catch {
    return {} // none, or one that a crash cut short
  }
}
