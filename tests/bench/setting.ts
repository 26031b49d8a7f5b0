import { readFileSync } from 'node:fs'
import { cpus, loadavg, release, totalmem, type } from 'node:os'
import type { Setting } from './benchmarks-page.ts'
import type { Lab } from './lab.ts'
import { peers } from './peers/peers.ts'

/** Where a run takes place. `loadBefore` was asked when it began. */
export const settingOf = async (lab: Lab, loadBefore: number): Promise<Setting> => {
  const context = await lab.device()
  const chromium = context.browser()?.version() ?? 'of unknown version'
  await context.close()
  const [core] = cpus()
  return {
    date: new Date(),
    machine: `${core?.model.trim() ?? 'a machine'} with ${Math.round(totalmem() / 2 ** 30)} GB`,
    system: `${type()} ${release()}`,
    node: process.versions.node,
    chromium,
    load: [loadBefore, loadNow()],
    cores: cpus().length,
    versions: Object.fromEntries(
      peers.flatMap(({ packageName }) => (packageName === undefined ? [] : [[packageName, versionOf(packageName)]])),
    ),
  }
}

export const loadNow = (): number => loadavg()[0] ?? 0

const versionOf = (packageName: string): string => {
  const file = new URL(`../../node_modules/${packageName}/package.json`, import.meta.url)
  return String(JSON.parse(readFileSync(file, 'utf8')).version)
}
