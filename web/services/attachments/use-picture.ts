import { attachmentById$ } from '#schema/attachments/queries.ts'
import type { Attachment } from '#schema/attachments/state.ts'
import { rightTo } from '#web/livestore/rights.ts'
import { openPersona, type PersonaStore, personaStoreId, pool } from '#web/livestore/stores.ts'
import { thumbnailOf } from './attachment-bytes.ts'
import { localPicture } from './local-bytes.ts'
import { type Shown, useShown } from './use-attachment.ts'

interface Place {
  readonly personaId: string
  readonly attachmentId: string
}

/**
 * The small picture of a picture of any persona: from this device without opening anything, or else from its persona's
 * store, one store after the other. `undefined` while it comes, and while nobody wants it.
 */
export const usePicture = ({ personaId, attachmentId }: Place, isWanted: boolean): Shown | Error | undefined =>
  useShown(`${attachmentId} ${isWanted}`, async (signal) => {
    if (!isWanted) return never(signal)
    const here = await localPicture(personaId, attachmentId)
    if (here !== undefined) return here
    const store = await opened(personaId, signal)
    const attachment = await arrived(store, attachmentId, signal)
    return (await thumbnailOf(attachment, signal)) ?? new Error('It is not on this device, nor on the server.')
  })

let turn: Promise<unknown> = Promise.resolve()

/** Opening takes a second of everything there is: many at once would take ten each. */
const opened = (personaId: string, signal: AbortSignal): Promise<PersonaStore> => {
  const storeId = personaStoreId(personaId)
  if (rightTo(storeId)?.endedAt != null) return Promise.reject(new Error('It is shared with you no more.'))
  if (pool.stateOf(storeId) === 'open') return openPersona(personaId)
  const opening = turn.then(() => {
    signal.throwIfAborted() // it was scrolled away meanwhile
    return openPersona(personaId)
  })
  turn = opening.catch(() => undefined)
  return opening
}

/** What the workspace knows of may not have come to this device yet. */
const arrived = (store: PersonaStore, attachmentId: string, signal: AbortSignal): Promise<Attachment> =>
  new Promise((resolve) => {
    const known = store.query(attachmentById$(attachmentId))
    if (known !== null) return resolve(known)
    const stop = store.subscribe(attachmentById$(attachmentId), (attachment) => {
      if (attachment === null) return
      resolve(attachment)
      queueMicrotask(() => stop())
    })
    signal.addEventListener('abort', () => stop())
  })

const never = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason))
  })
