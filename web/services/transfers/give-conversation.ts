import { attachmentById$, attachmentsToTransfer$ } from '#schema/attachments/queries.ts'
import type { Attachment } from '#schema/attachments/state.ts'
import { receiveAttachment } from '#schema/attachments/transfers.ts'
import { deleteConversations } from '#schema/conversations/commands.ts'
import { conversationById$ } from '#schema/conversations/queries.ts'
import {
  conversationToTransfer$,
  conversationTransferOf$,
  messageCountOf$,
  messagesToTransfer$,
} from '#schema/conversations/transfer-queries.ts'
import {
  receiveConversation,
  receiveMessages,
  refuseTransfer,
  type Transfer,
  type TransferredMessage,
  transferConversation,
} from '#schema/conversations/transfers.ts'
import type { Stamp } from '#schema/shared/stamp.ts'
import { receivedIdOf } from '#schema/shared/transfers.ts'
import { knownIdsQuery } from '#schema/stores/import-check.ts'
import { answersUnderWay$ } from '#schema/tasks/queries.ts'
import type { Decision } from '#web/livestore/decision.ts'
import type { PersonaStore } from '#web/livestore/stores.ts'

interface Giving extends Transfer {
  readonly here: PersonaStore
  readonly there: PersonaStore
  readonly conversationId: string
}

export interface GivingMeans {
  readonly write: (store: PersonaStore, decision: Decision) => Error | undefined
  readonly stamp: () => Stamp
  /** Has the bytes of a file on this device, or says why they cannot be. */
  readonly fetchFile: (file: Attachment) => Promise<Error | undefined>
  /** Copies the bytes, and calls while nobody may tidy them away; or says why not. */
  readonly copyFile: (file: Attachment, toPersonaId: string, onKept: () => void) => Promise<Error | undefined>
  /** Until the store takes more. Throws when it is to be stopped. */
  readonly room: (store: PersonaStore) => Promise<void>
  readonly isStopped: () => boolean
  readonly onProgress: (done: number, all: number) => void
}

/**
 * All of a conversation is told there, and then that it has left here; what came there already is not told again. Returns
 * why not: then it is here as it was, and what came there is in the trash. What is thrown leaves it to be tried again.
 */
export const giveConversation = async (giving: Giving, means: GivingMeans): Promise<Error | undefined> => {
  if (hasLeft(giving)) return undefined // a page was killed before it could note that
  const refused = await giveAll(giving, means).catch((error: unknown) => {
    if (!means.isStopped()) throw error
    return new TransferStopped()
  })
  if (refused !== undefined) putAway(giving, means)
  return refused
}

const hasLeft = ({ here, conversationId, transferId }: Giving) =>
  here.query(conversationTransferOf$(conversationId))?.transferId === transferId

const giveAll = async (giving: Giving, means: GivingMeans): Promise<Error | undefined> => {
  const refusal = refusalNow(giving)
  if (refusal !== undefined) return refusal
  const files = giving.here.query(attachmentsToTransfer$(giving.conversationId))
  for (const file of files) {
    const failure = await means.fetchFile(file)
    if (means.isStopped()) return new TransferStopped()
    if (failure !== undefined) return new FileNotHere(file.name, failure)
  }
  const refused =
    giveHead(giving, means) ?? (await giveFiles(giving, means, files)) ?? (await giveMessages(giving, means))
  // What was said meanwhile went along.
  return refused ?? refusalNow(giving) ?? leave(giving, means)
}

type Received = Pick<Giving, 'there' | 'conversationId' | 'toPersonaId' | 'transferId'>

/** What came there goes to the trash. */
export const putAway = (
  { there, conversationId, toPersonaId, transferId }: Received,
  { write, stamp }: Pick<GivingMeans, 'write' | 'stamp'>,
) => {
  const receivedId = receivedIdOf(conversationId, transferId)
  const received = there.query(conversationById$(receivedId))
  if (received === null || received.deletedAt !== null) return undefined
  return write(there, deleteConversations(toPersonaId, [receivedId], transferId, stamp()))
}

const giveHead = (giving: Giving, { write, stamp }: GivingMeans) => {
  const { here, there, conversationId, transferId } = giving
  const conversation = here.query(conversationToTransfer$(conversationId))
  const isThere = there.query(conversationById$(receivedIdOf(conversationId, transferId))) !== null
  return conversation === null || isThere ? undefined : write(there, receiveConversation(conversation, giving, stamp()))
}

const giveFiles = async (giving: Giving, means: GivingMeans, files: readonly Attachment[]) => {
  const { there, transferId, toPersonaId } = giving
  for (const file of files) {
    if (there.query(attachmentById$(receivedIdOf(file.attachmentId, transferId))) !== null) continue
    await means.room(there)
    const kept: { refused?: Error | undefined } = {}
    const failure = await means.copyFile(file, toPersonaId, () => {
      kept.refused = means.write(there, receiveAttachment(file, giving, means.stamp()))
    })
    if (failure !== undefined || kept.refused !== undefined) return failure ?? kept.refused
  }
  return undefined
}

const leave = (giving: Giving, { write, stamp }: GivingMeans) =>
  write(giving.here, transferConversation(giving.conversationId, giving, stamp()))

const refusalNow = ({ here, conversationId, toPersonaId }: Giving) =>
  refuseTransfer(
    here.query(conversationById$(conversationId)),
    toPersonaId,
    here.query(answersUnderWay$(conversationId)).length > 0,
  )

/** Messages read at once. */
const page = 500

const giveMessages = async (giving: Giving, means: GivingMeans) => {
  const { here, there, conversationId, transferId } = giving
  const all = here.query(messageCountOf$(conversationId))
  let done = 0
  let after: TransferredMessage | undefined
  for (;;) {
    const messages = here.query(messagesToTransfer$(conversationId, after, page))
    if (messages.length === 0) return undefined
    const ids = messages.map(({ messageId }) => receivedIdOf(messageId, transferId))
    const known = new Set(there.query(knownIdsQuery('message', ids)).map(({ id }) => id))
    const fresh = messages.filter((_, place) => !known.has(ids[place] ?? ''))
    done += messages.length - fresh.length
    for (const fact of receiveMessages(fresh, giving, means.stamp())) {
      await means.room(there)
      const refused = means.write(there, fact)
      if (refused !== undefined) return refused
      done += fact.args.messages.length
      means.onProgress(done, all)
    }
    after = messages.at(-1)
  }
}

class FileNotHere extends Error {
  readonly _tag = 'FileNotHere'
  constructor(name: string, why: Error) {
    super(
      `“${name}” is not on this device: ${why.message} Nothing was moved. Move the conversation on the device that has the file, or delete the file first.`,
    )
  }
}

class TransferStopped extends Error {
  readonly _tag = 'TransferStopped'
  override readonly message =
    'Stopped. The conversation is here as it was; what had come to the other persona is in the trash there.'
}
