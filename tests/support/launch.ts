import { execFileSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { chromium } from '@playwright/test'
import { chromiumFlags, findChromium } from './chromium.mjs'

export const desk = { width: 1280, height: 800 }
export const phoneScreen = { width: 390, height: 844 }

export interface DeviceOptions {
  readonly phone?: boolean
  readonly dark?: boolean
  /** As soon as it is open, all of the app is fetched for later. Else only when the journey waits `untilInstalled`. */
  readonly installs?: boolean
  /** Its index of search is kept from the start. Else only from the first question or erasure on. */
  readonly indexes?: boolean
  /** More of Chromium's. */
  readonly flags?: readonly string[]
}

interface LaunchOptions extends DeviceOptions {
  readonly profilePath: string
  readonly url: string
  readonly log: string
}

export const launch = async ({
  profilePath,
  url,
  log,
  phone = false,
  dark = false,
  installs = false,
  indexes = false,
  flags = [],
}: LaunchOptions) => {
  const context = await chromium.launchPersistentContext(profilePath, {
    args: [...chromiumFlags, ...flags, '--enable-logging', `--log-file=${log}`],
    baseURL: url,
    viewport: phone ? phoneScreen : desk,
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce', // nothing fades: what is there can be pressed and judged
    ...(executablePath === undefined ? {} : { executablePath }),
  })
  context.setDefaultTimeout(60_000) // the first store of a new device opens in its own time
  if (!installs) await context.addInitScript(putInstallationOff)
  if (!indexes) await context.addInitScript(spareData)
  return context
}

// A candidate is asked for its version, which starts a browser: once is enough.
const executablePath = findChromium()

/** To fetch the whole app costs a device as much as to open it. */
const putInstallationOff = () => {
  if ('serviceWorker' in navigator) navigator.serviceWorker.register = () => new Promise(() => {})
}

/** To keep an index costs a device as much as to write what is in it. */
const spareData = () => {
  Object.defineProperty(navigator, 'connection', { value: { saveData: true } })
}

/** The processes that run the pages and workers of one browser, which is known by its profile. */
export const renderersOf = (profilePath: string) => {
  const processes = execFileSync('ps', ['-A', '-ww', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .split('\n')
    .flatMap((line) => {
      const [, pid, parent, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? []
      return command === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), command }]
    })
  const family = new Set(
    processes.flatMap(({ pid, command }) => (command.includes(`--user-data-dir=${profilePath}`) ? [pid] : [])),
  )
  for (let known = 0; known < family.size; ) {
    known = family.size
    for (const { pid, parent } of processes) if (family.has(parent)) family.add(pid)
  }
  return processes
    .filter(({ pid, command }) => family.has(pid) && command.includes('--type=renderer'))
    .map(({ pid }) => pid)
}

/** Why a page crashed stands only in Chromium's own log, beside much about desktops that are not here. */
export const complaintsIn = async (log: string) => {
  const lines = (await readFile(log, 'utf8').catch(() => '')).split('\n')
  return lines.filter((line) => /:(WARNING|ERROR|FATAL):/.test(line) && !/d-?bus|CONSOLE/i.test(line)).join('\n')
}
