import { readdirSync, readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'

/** Of all processes that render pages of the browser of a profile, without what they share with others; only Linux says it. */
export const rendererBytes = async (page: Page, profile: string): Promise<number | undefined> => {
  if (process.platform !== 'linux') return undefined
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  await session.detach()
  const processes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap(processOf)
  const family = new Set(processes.filter(({ command }) => command.includes(`${profile}\0`)).map(({ id }) => id))
  // The browser, what it forks others from, and those.
  for (let generation = 0; generation < 3; generation++)
    for (const { id, parent } of processes) if (family.has(parent)) family.add(id)
  return processes
    .filter(({ id, command }) => family.has(id) && command.includes('--type=renderer'))
    .reduce((sum, { bytes }) => sum + bytes, 0)
}

const processOf = (id: string) => {
  try {
    const status = readFileSync(`/proc/${id}/status`, 'utf8')
    const field = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0)
    const command = readFileSync(`/proc/${id}/cmdline`, 'utf8')
    return [{ id: Number(id), parent: field('PPid'), bytes: (field('RssAnon') + field('RssShmem')) * 1024, command }]
  } catch {
    return [] // it ended meanwhile
  }
}
