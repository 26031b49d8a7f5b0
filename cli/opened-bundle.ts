import { bytesAt } from '#bundle/byte-source.ts'
import { allOf, rowsOf } from '#bundle/contents.ts'
import { secretsName } from '#bundle/manifest.ts'
import { type Bundle, openBundle } from '#bundle/open-bundle.ts'
import { EventClosed, type OpenedEvent, openedEvents } from '#bundle/opened-events.ts'
import { type OpenedBy, openSecrets, subjectKeysFrom } from '#bundle/secrets.ts'
import { verifyBundle } from '#bundle/verify-bundle.ts'
import { pathFrom } from './arguments.ts'
import { fileSource } from './file-source.ts'
import { Problem } from './problem.ts'
import { progress } from './progress.ts'

/** A bundle on disk whose contents open. */
export interface OpenedBundle {
  readonly bundle: Bundle
  readonly events: () => AsyncIterable<OpenedEvent>
}

/** What is broken is said on stderr, and still read as far as it goes: that is what an auditor wants to see. */
export const openedBundle = async (path: string, openedBy: () => Promise<OpenedBy>): Promise<OpenedBundle> => {
  const source = await fileSource(pathFrom(path))
  const bundle = await openBundle(source)
  const sealed = bundle.entry(secretsName)
  if (sealed === undefined)
    throw new Problem(`${path} has no ${secretsName}: nothing opens its contents.`, 'unreadable')
  const { storeId } = bundle.manifest
  const secrets = await openSecrets(
    await bytesAt(source, sealed.at, sealed.at + sealed.length),
    storeId,
    await openedBy(),
  )
  if (secrets instanceof Error) throw new Problem(`${path}: ${secrets.message}`)
  const keys = await subjectKeysFrom(secrets, await allOf(rowsOf(bundle, 'keys.ndjson')))
  if (keys instanceof Error) throw new Problem(`${path}: ${keys.message}`)

  const { isIntact, isComplete } = await verifyBundle(source, bundle, {}, countBytes(source.size))
  if (!isIntact || !isComplete)
    console.error(`${path} is ${isIntact ? 'not complete' : 'broken'}: “verify” says where.`)
  const events = async function* () {
    try {
      yield* openedEvents(rowsOf(bundle, 'events.ndjson'), keys, storeId)
    } catch (error) {
      throw error instanceof EventClosed ? new Problem(`${path}: ${error.message}`) : error
    }
  }
  return { bundle, events }
}

/** Says how far reading a file is. */
export const countBytes = (size: number) => {
  const say = progress()
  let done = 0
  return (count: number) => {
    done += count
    say(`${Math.floor((100 * done) / Math.max(1, size))} % read`)
  }
}

export const oneBundle = (positionals: readonly string[]): string => {
  const [path, ...others] = positionals
  if (path === undefined || others.length > 0) throw new Problem('Name one bundle, a .persona file.', 'usage')
  return path
}
