import { join } from 'node:path'
import { type Lab, tabOf } from '#tests/bench/lab.ts'
import { diskBytes } from './disk-bytes.ts'
import type { PeerInfo } from './peers.ts'
import { rendererBytes } from './renderer-bytes.ts'
import { expectedOf, firstOnTop } from './rows.ts'

/** A browser of its own for one peer, and what the peer was given so far. */
export const openPeerDevice = async (lab: Lab, info: PeerInfo) => {
  const url = await lab.peersUrl()
  const profile = `peer-${info.page}`
  let page = tabOf(await lab.device(profile))
  let filled = 0
  let onTop = 0

  const load = async () => {
    await page.goto(`${url}/${info.page}.html`)
    await page.waitForFunction(() => globalThis.peer !== undefined)
  }

  const device = {
    info,
    rows: () => filled + onTop,
    load,
    /** Milliseconds, in a page just loaded. */
    open: () => patiently(page.evaluate((count) => peer.open(count), onTop)),

    /** Up to so many rows in all, some at a time; false as soon as it shows that this takes longer than the limit, in milliseconds. */
    fill: async (size: number, limit: number) => {
      const before = filled
      let spent = 0
      while (filled < size) {
        const count = Math.min(stride, size - filled)
        spent += await patiently(page.evaluate(([first, count]) => peer.fill(first, count), [filled, count] as const))
        filled += count
        if (filled < size && (spent / (filled - before)) * (size - before) > limit) return false
      }
      return true
    },
    add: async (count: number) => {
      onTop += count
      return patiently(page.evaluate((count) => peer.add(count), count))
    },
    acknowledged: async (count: number) => {
      onTop += count
      return patiently(page.evaluate((count) => peer.acknowledged(count), count))
    },
    addWatched: async (count: number) => {
      onTop += count
      return patiently(page.evaluate((count) => peer.addWatched(count), count))
    },
    top: () => patiently(page.evaluate(() => peer.top())),
    search: (round: number) => patiently(page.evaluate((round) => peer.search(round), round)),

    /** Throws when it answers otherwise than the rows that it was given say. */
    check: async () => {
      const expected = expectedOf([...range(0, filled), ...range(firstOnTop, onTop)])
      const { top, found } = await patiently(page.evaluate(() => peer.answers()))
      if (JSON.stringify(top) !== JSON.stringify(expected.top)) throw new Error(`${info.name} has other rows on top.`)
      if (found !== expected.found) throw new Error(`${info.name} finds ${found} rows, not ${expected.found}.`)
    },

    /** Closes the browser and starts it again: gives the bytes on its disk, and those its page takes beside a blank one, where somebody says. */
    restart: async () => {
      await page.context().close()
      const folder = join(lab.scratch, profile)
      const disk = await diskBytes(folder)
      page = tabOf(await lab.device(profile))
      await page.goto(`${url}/blank.html`)
      const before = await rendererBytes(page, folder)
      await load()
      await device.open()
      const after = await rendererBytes(page, folder)
      return { disk, memory: before === undefined || after === undefined ? undefined : after - before }
    },
    close: () => page.context().close(),
  }
  await load()
  await device.open()
  return device
}

export type PeerDevice = Awaited<ReturnType<typeof openPeerDevice>>

const stride = 3000

const range = (first: number, count: number) => Array.from({ length: count }, (_, place) => first + place)

/** A page whose worker died answers nothing, and for ever. */
const patiently = <A>(work: Promise<A>): Promise<A> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`it gave no answer within ${patience / 1000} seconds`)), patience)
    work.then(resolve, reject).finally(() => clearTimeout(timer))
  })

const patience = 90_000
