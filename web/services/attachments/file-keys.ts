import type { Attachment } from '#schema/attachments/state.ts'
import { KeysRefused, KeyTableUnreachable } from '#sealing/key-table.ts'
import type { StoreKeys } from '#sealing/store-secret.ts'
import { KeyMissing, StoreErased, type SubjectKey, type SubjectKeys } from '#sealing/subject-keys.ts'
import { subjectNamed } from '#sealing/subjects.ts'
import { WrongSecret } from '#sealing/wrapped-key.ts'
import { get } from '#web/livestore/device-db.ts'
import { makeKeysOf } from '#web/livestore/store-keys.ts'
import { FileFailure } from './file-failure.ts'

/** What a file is about: its conversation, or the persona. With the key of that it goes. */
export const subjectOfFile = ({ conversationId, personaId }: Pick<Attachment, 'conversationId' | 'personaId'>) =>
  conversationId === null ? subjectNamed('personaId', personaId) : subjectNamed('conversationId', conversationId)

/** The key to seal a subject's files with. Throws why there is none. */
export const keyToSend = async (storeId: string, subject: string): Promise<{ keyId: string; key: CryptoKey }> => {
  const found = await asking(storeId, (keys) => keys.toSeal(new Set([subject])))
  return present(found.get(subject))
}

/** The key of that name. Throws why there is none. */
export const keyToFetch = async (storeId: string, keyId: string): Promise<{ keyId: string; key: CryptoKey }> => {
  const found = await asking(storeId, (keys) => keys.toOpen(new Set([keyId])))
  const key = found.get(keyId)
  return present(key === undefined ? undefined : { keyId, key })
}

/** By which blobs are named. */
export const firstKeysOf = async (storeId: string): Promise<StoreKeys> => {
  const first = await get('storeKeys', storeId)
  if (first === undefined) throw new FileFailure({ code: 'refused' })
  return first
}

const known = new Map<string, Promise<SubjectKeys>>()

const asking = async <A>(storeId: string, ask: (keys: SubjectKeys) => Promise<A>): Promise<A> => {
  const keys = known.get(storeId) ?? makeKeysOf(storeId)
  known.set(storeId, keys)
  try {
    return await ask(await keys)
  } catch (error) {
    known.delete(storeId)
    if (error instanceof KeyTableUnreachable) throw new FileFailure({ code: 'offline' })
    if (error instanceof StoreErased) throw new FileFailure({ code: 'erased' })
    if ([KeysRefused, KeyMissing, WrongSecret].some((failure) => error instanceof failure))
      throw new FileFailure({ code: 'refused' })
    throw error
  }
}

const present = (found: SubjectKey | undefined) => {
  if (found === undefined) throw new FileFailure({ code: 'refused' })
  if (found.key === 'erased') throw new FileFailure({ code: 'erased' })
  return { keyId: found.keyId, key: found.key }
}
