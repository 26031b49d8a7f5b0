import { allInTurn } from '#tests/bench/in-turn.ts'
import type { Lab } from '#tests/bench/lab.ts'
import { type JobId, jobs } from './jobs.ts'
import { openPeerDevice, type PeerDevice } from './peer-device.ts'
import { type PeerInfo, peers } from './peers.ts'

/** What one peer took for one job with so many rows, in the unit of the job. */
export interface PeerSamples {
  readonly job: JobId
  readonly size: number
  /** The page of the peer. */
  readonly peer: string
  readonly samples: readonly number[]
}

export interface PeerResults {
  readonly all: readonly PeerSamples[]
  /** `peer`: its page, or everyone. */
  readonly leftOut: readonly { readonly peer: string; readonly why: string }[]
}

/** All jobs are done with so many rows; how they grow is looked at with fewer and with more. */
export const mainSize = 10_000
export const sizes = [1_000, mainSize, 100_000]

/** How often a job is done: growth shows in fewer measurements than a ratio does. */
const timesWith = (size: number) => (size === mainSize ? 10 : 5)

/** Milliseconds one peer may take for one job with one number of rows, and to be filled for it. */
const allowanceWith = (size: number) => (size === mainSize ? 4_000 : 2_000)
const fillLimit = 25_000

/** Milliseconds after which no more rows are tried, so that the bench ends on a slow machine too. */
const budget = 8 * 60_000

/** Every job by every peer, in turn, each in a browser of its own. Who fails or is too slow is left out from there on, and why is said. */
export const measurePeers = async (lab: Lab): Promise<PeerResults> => {
  const all: PeerSamples[] = []
  const leftOut: { peer: string; why: string }[] = []
  const devices = new Map<string, PeerDevice>()

  const drop = (peer: string, why: string) => {
    leftOut.push({ peer, why })
    void devices.get(peer)?.close()
    devices.delete(peer)
  }
  const forEach = async (what: string, work: (device: PeerDevice) => Promise<unknown>) => {
    for (const [peer, device] of devices) await work(device).catch((error) => drop(peer, `${what}: ${textOf(error)}`))
  }
  const measure = async (
    job: JobId,
    size: number,
    times: number,
    work: (device: PeerDevice, round: number) => Promise<number>,
    isAsked: (info: PeerInfo) => boolean = () => true,
  ) => {
    const asked = [...devices].filter(([, { info }]) => isAsked(info))
    console.log(`… ${jobs[job].name}, ${size} rows, ${asked.length} in turn`)
    const works = new Map(asked.map(([peer, device]) => [peer, (round: number) => work(device, round)]))
    const onError = (peer: string, error: unknown) => drop(peer, `${job} with ${size} rows: ${textOf(error)}`)
    const samples = await allInTurn({ times, allowance: allowanceWith(size), works, onError })
    for (const [peer, some] of samples) all.push({ job, size, peer, samples: some })
  }

  for (const info of peers)
    try {
      devices.set(info.page, await openPeerDevice(lab, info))
    } catch (error) {
      drop(info.page, `it did not open: ${textOf(error)}`)
    }

  const startedAt = performance.now()
  for (const size of sizes) {
    if (size > mainSize && performance.now() - startedAt > budget) {
      leftOut.push({ peer: 'everyone', why: `with ${size} rows: the run had taken too long by then` })
      break
    }
    await forEach(`filled with ${size} rows`, async (device) => {
      // PJai itself is what all are held against: it is waited for.
      const limit = device.info.page === 'pjai' ? Number.POSITIVE_INFINITY : fillLimit
      if (!(await device.fill(size, limit)))
        throw new Error(`it takes more than ${fillLimit / 1000} seconds to write them`)
      await device.check()
    })
    await measure('addOne', size, timesWith(size), (device) => device.add(1))
    const hasLeader = (info: PeerInfo) => info.hasLeader === true
    await measure('acknowledged', size, timesWith(size), (device) => device.acknowledged(1), hasLeader)
    await measure('top', size, timesWith(size), async (device) => {
      await device.add(1)
      return device.top()
    })
    await measure('search', size, timesWith(size), (device, round) => device.search(size + round))
    if (size === mainSize) {
      await measure('answered', size, timesWith(size), async (device) => (await device.addWatched(1)).answered)
      await forEach('started again', async (device) => {
        const { disk, memory } = await device.restart()
        // What was appended is there after the browser ended: only then was it durable.
        await device.check()
        const once = { size, peer: device.info.page }
        if (memory !== undefined) all.push({ ...once, job: 'memory', samples: [memory / 1_000_000] })
        all.push({ ...once, job: 'disk', samples: [disk / device.rows()] })
      })
    }
    await measure('open', size, 3, async (device) => {
      await device.load()
      return device.open()
    })
    if (size === mainSize) {
      await measure('addMany', size, 3, (device) => device.add(1000))
      await measure('addWatched', size, 3, async (device) => 1_000_000 / (await device.addWatched(1000)).both)
      await forEach('after all of it', (device) => device.check())
    }
  }
  await forEach('closed', (device) => device.close())
  return { all, leftOut }
}

const textOf = (error: unknown) => (error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error))
