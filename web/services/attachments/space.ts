import { FileFailure } from './file-failure.ts'

/** What the rest of the app needs to go on: facts are never refused for a picture. */
const reserve = 20_000_000

/** Bytes this browser still takes; undefined where it does not say. */
export const freeSpace = async (): Promise<number | undefined> => {
  const { quota, usage } = (await navigator.storage.estimate?.()) ?? {}
  return quota === undefined || usage === undefined ? undefined : Math.max(0, quota - usage - reserve)
}

/** Before a byte is written. */
export const refuseForSpace = async (needed: number): Promise<FileFailure | undefined> => {
  const free = await freeSpace()
  return free === undefined || needed <= free ? undefined : new FileFailure({ code: 'noRoom', free, needed })
}
