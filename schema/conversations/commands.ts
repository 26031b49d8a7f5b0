import { type Stamp, signature } from '#schema/shared/stamp.ts'
import { isTag, tidyTags } from '#schema/shared/tags.ts'
import { characterCount } from '#schema/shared/text.ts'
import { defaultSettings, defaultTitle } from './defaults.ts'
import { type ConversationSettings, conversationEvents } from './events.ts'
import {
  ConversationNotDeleted,
  ConversationNotFound,
  ConversationTagIllegal,
  ConversationTitleIllegal,
  SettingOutOfRange,
  TooManyAtOnce,
} from './refusals.ts'
import type { Conversation } from './state.ts'

export interface ConversationDraft {
  readonly title?: string
  readonly settings?: ConversationSettings
  readonly tags?: readonly string[]
}

export const startConversation = (
  personaId: string,
  conversationId: string,
  { title = defaultTitle, settings = defaultSettings, tags = [] }: ConversationDraft,
  stamp: Stamp,
) =>
  refuseTitle(title) ??
  refuseSettings(settings) ??
  refuseTags(tags) ??
  conversationEvents.conversationStarted({
    conversationId,
    personaId,
    title: title.trim(),
    settings,
    tags: tidyTags(tags),
    startedAt: stamp.at,
    ...signature(stamp),
  })

export const renameConversation = (conversation: Conversation | null, title: string, stamp: Stamp) => {
  if (conversation === null) return new ConversationNotFound()
  return (
    refuseTitle(title) ??
    conversationEvents.conversationRenamed({
      ...idsOf(conversation),
      title: title.trim(),
      renamedAt: stamp.at,
      ...signature(stamp),
    })
  )
}

export const tuneConversation = (conversation: Conversation | null, settings: ConversationSettings, stamp: Stamp) => {
  if (conversation === null) return new ConversationNotFound()
  return (
    refuseSettings(settings) ??
    conversationEvents.conversationTuned({ ...idsOf(conversation), settings, tunedAt: stamp.at, ...signature(stamp) })
  )
}

export const tagConversation = (conversation: Conversation | null, tags: readonly string[], stamp: Stamp) => {
  if (conversation === null) return new ConversationNotFound()
  return (
    refuseTags(tags) ??
    conversationEvents.conversationTagged({
      ...idsOf(conversation),
      tags: tidyTags(tags),
      taggedAt: stamp.at,
      ...signature(stamp),
    })
  )
}

export const favourConversation = (conversation: Conversation | null, stamp: Stamp) =>
  conversation === null
    ? new ConversationNotFound()
    : conversationEvents.conversationFavoured({ ...idsOf(conversation), favouredAt: stamp.at, ...signature(stamp) })

export const unfavourConversation = (conversation: Conversation | null, stamp: Stamp) =>
  conversation === null
    ? new ConversationNotFound()
    : conversationEvents.conversationUnfavoured({
        ...idsOf(conversation),
        unfavouredAt: stamp.at,
        ...signature(stamp),
      })

type Batch = readonly [personaId: string, conversationIds: readonly string[], batchId: string, stamp: Stamp]

export const archiveConversations = (...[personaId, conversationIds, batchId, stamp]: Batch) =>
  refuseBatch(conversationIds) ??
  conversationEvents.conversationsArchived({
    personaId,
    conversationIds,
    batchId,
    archivedAt: stamp.at,
    ...signature(stamp),
  })

export const unarchiveConversations = (...[personaId, conversationIds, batchId, stamp]: Batch) =>
  refuseBatch(conversationIds) ??
  conversationEvents.conversationsUnarchived({
    personaId,
    conversationIds,
    batchId,
    unarchivedAt: stamp.at,
    ...signature(stamp),
  })

export const deleteConversations = (...[personaId, conversationIds, batchId, stamp]: Batch) =>
  refuseBatch(conversationIds) ??
  conversationEvents.conversationsDeleted({
    personaId,
    conversationIds,
    batchId,
    deletedAt: stamp.at,
    ...signature(stamp),
  })

export const restoreConversations = (...[personaId, conversationIds, batchId, stamp]: Batch) =>
  refuseBatch(conversationIds) ??
  conversationEvents.conversationsRestored({
    personaId,
    conversationIds,
    batchId,
    restoredAt: stamp.at,
    ...signature(stamp),
  })

/** For good: only what is deleted already, and nothing brings it back. */
export const eraseConversations = (
  personaId: string,
  deleted: readonly Pick<Conversation, 'conversationId' | 'deletedAt'>[],
  erasureId: string,
  stamp: Stamp,
) => {
  if (deleted.length === 0) return new ConversationNotFound()
  const kept = deleted.find(({ deletedAt }) => deletedAt === null)
  if (kept !== undefined) return new ConversationNotDeleted({ conversationId: kept.conversationId })
  const conversationIds = deleted.map(({ conversationId }) => conversationId)
  return (
    refuseBatch(conversationIds) ??
    conversationEvents.conversationsErased({
      personaId,
      conversationIds,
      erasureId,
      erasedAt: stamp.at,
      ...signature(stamp),
    })
  )
}

const idsOf = ({ conversationId, personaId }: Conversation) => ({ conversationId, personaId })

const refuseTitle = (title: string) => {
  const length = characterCount(title.trim())
  return length < 1 || length > 200 ? new ConversationTitleIllegal({ limit: 200 }) : undefined
}

const refuseTags = (tags: readonly string[]) =>
  tags.every((tag) => isTag(tag.trim())) ? undefined : new ConversationTagIllegal()

const refuseBatch = (conversationIds: readonly string[]) =>
  conversationIds.length > 2000 ? new TooManyAtOnce({ limit: 2000 }) : undefined

const ranges = [
  ['temperature', 0, 2],
  ['maxTokens', 1, 32_000],
  ['topP', 0, 1],
  ['frequencyPenalty', -2, 2],
  ['presencePenalty', -2, 2],
] as const

const refuseSettings = (settings: ConversationSettings) => {
  for (const [setting, from, to] of ranges) {
    if (!(settings[setting] >= from && settings[setting] <= to)) return new SettingOutOfRange({ setting, from, to })
  }
  return characterCount(settings.systemPrompt) > 2000
    ? new SettingOutOfRange({ setting: 'systemPrompt', from: 0, to: 2000 })
    : undefined
}
