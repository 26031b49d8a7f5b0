import { Option, Schema } from 'effect'
import { MessagePart } from '#schema/conversations/parts.ts'
import type { Task } from '#schema/tasks/state.ts'

type Place = Pick<Task, 'taskId' | 'personaId' | 'conversationId'>

/**
 * What has arrived of an answer, kept on this device while it is on its way, so that a killed tab loses a second of it at
 * most. Not a fact. Its name holds the conversation's id: what is erased takes it along.
 */
export const makeSavedReplies = (storage: Storage) => ({
  keep: (place: Place, parts: readonly MessagePart[]) => {
    try {
      storage.setItem(keyOf(place), encode(parts))
    } catch {
      // No room: then a killed tab loses what had arrived.
    }
  },
  /** What had arrived when the page went; undefined when nothing had. */
  of: (place: Place): readonly MessagePart[] | undefined =>
    Option.getOrUndefined(decode(storage.getItem(keyOf(place)) ?? '')),
  drop: (place: Place) => storage.removeItem(keyOf(place)),
})

export type SavedReplies = ReturnType<typeof makeSavedReplies>

const keyOf = ({ personaId, conversationId, taskId }: Place) => `pjai.reply.${personaId}.${conversationId}.${taskId}`

const Saved = Schema.parseJson(Schema.Array(MessagePart))
const encode = Schema.encodeSync(Saved)
const decode = Schema.decodeUnknownOption(Saved)
