import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, isAbsolute, join } from 'node:path'
import { chromium } from '@playwright/test'
import { execute } from '#tests/support/execute.mjs'

/** No network of its own, and no sandbox or graphics card that a container may lack. */
export const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/**
 * A Chromium that answers here: the one of CHROMIUM_PATH and no other, else the system's, else Playwright's download. The
 * headless shell comes first: the same engine without windows and menus of its own, which cost a quarter of a journey.
 */
export const findChromium = () => candidates().find(answers)

/** Finds a Chromium or installs one. Throws a sentence that says what to do when neither works. */
export const ensureChromium = async () => {
  if (process.env.CHROMIUM_PATH) {
    if (findChromium()) return
    throw new Error(`CHROMIUM_PATH is ${process.env.CHROMIUM_PATH}, which does not start. Correct it, or unset it.`)
  }
  if (!pathsOf(headlessShell).some(answers)) await installDebianPackage(headlessShell)
  const installers = [() => installDebianPackage('chromium'), downloadWithPlaywright]
  for (const install of installers) {
    if (findChromium()) return
    await install()
  }
  if (!findChromium())
    throw new Error('No Chromium here, and none could be installed. Install one and name it in CHROMIUM_PATH.')
}

const headlessShell = 'chromium-headless-shell'

const candidates = () =>
  process.env.CHROMIUM_PATH
    ? [process.env.CHROMIUM_PATH]
    : [
        headlessShell,
        'chromium',
        'chromium-browser',
        'google-chrome',
        'google-chrome-stable',
        '/Applications/Chromium.app/Contents/MacOS/Chromium',
        '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
        chromium.executablePath(),
      ].flatMap(pathsOf)

// Playwright wants a path, not a name.
const pathsOf = (/** @type {string} */ candidate) =>
  isAbsolute(candidate)
    ? [candidate]
    : (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, candidate))

// Asked for its version, not only looked for: a distribution may ship a stub that tells you to install something else.
const answers = (/** @type {string} */ path) =>
  existsSync(path) && spawnSync(path, ['--version'], { timeout: 20_000 }).status === 0

const installDebianPackage = async (/** @type {string} */ name) => {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return
  console.log(`Installing Debian’s ${name} …`)
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  const patience = ['-o', 'Acquire::Retries=1', '-o', 'Acquire::http::Timeout=30']
  await execute('apt-get', [...patience, 'update', '-q'], { env })
  await execute('apt-get', [...patience, 'install', '-q', '-y', '--no-install-recommends', name], { env })
}

const downloadWithPlaywright = async () => {
  console.log('Downloading Playwright’s Chromium …')
  await execute('playwright', ['install', 'chromium'])
}
