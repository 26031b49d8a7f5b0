import { Schema } from '@livestore/livestore'
import { MessagePart, textOfParts } from '#schema/conversations/parts.ts'
import { previewOf } from '#schema/shared/text.ts'
import type { personaStoreEvents } from './persona-store.ts'

/**
 * What an event says happened, as a sentence without who and when: “Added the memory “Likes tea.””. Whatever stands in a
 * log gets one: what is missing in it is left out, and an event of another version is told by its name.
 */
export const eventSentence = ({ name, args }: { readonly name: string; readonly args: unknown }): string => {
  if (name === 'v1.Erased') return 'Was erased: nobody can read it any more.'
  const say = Object.hasOwn(sentences, name) ? sentences[name as KnownName] : undefined // it has that name
  return say === undefined ? nameInWords(name) : `${say(fieldsOf(args))}.`
}

type KnownName = (typeof personaStoreEvents)[keyof typeof personaStoreEvents]['name']

/** How to ask arguments of any shape. */
type Fields = ReturnType<typeof fieldsOf>

const fieldsOf = (args: unknown) => {
  const values = typeof args === 'object' && args !== null ? (args as Readonly<Record<string, unknown>>) : {} // any object may be asked
  const text = (field: string) => {
    const value = values[field]
    return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
  }
  const list = (field: string): readonly unknown[] => {
    const value = values[field]
    return Array.isArray(value) ? value : []
  }
  return {
    text,
    quote: (field: string) => `“${previewOf(text(field), 60)}”`,
    words: (field: string) => list(field).map(String).join(', ') || 'none',
    /** What was said, in its first words. */
    said: () => {
      const parts = decodeParts(list('parts'))
      return `“${previewOf(parts._tag === 'Some' ? textOfParts(parts.value) : '', 60)}”`
    },
    count: (field: string, one: string, many: string) => {
      const { length } = list(field)
      return length === 1 ? `a ${one}` : `${length} ${many}`
    },
    is: (field: string, value: unknown) => values[field] === value,
    has: (field: string) => values[field] !== undefined && values[field] !== null,
  }
}

const decodeParts = Schema.decodeUnknownOption(Schema.Array(MessagePart))

const memories = (fields: Fields) => fields.count('memoryIds', 'memory', 'memories')
const conversations = (fields: Fields) => fields.count('conversationIds', 'conversation', 'conversations')
const messages = (fields: Fields) => fields.count('messageIds', 'message', 'messages')
const files = (fields: Fields) => fields.count('attachmentIds', 'file', 'files')

const sentences: { readonly [Name in KnownName]: (fields: Fields) => string } = {
  'v1.PersonaCreated': ({ quote }) => `Created the persona ${quote('name')}`,
  'v1.PersonaRenamed': ({ quote }) => `Renamed the persona to ${quote('name')}`,
  'v1.PersonaCharacterRevised': () => 'Revised the character of the persona',
  'v1.PersonaInstructed': ({ quote }) => `Instructed the persona: ${quote('systemPrompt')}`,
  'v1.PersonaPortrayed': () => 'Changed the portrait of the persona',
  'v1.PersonaArchived': () => 'Archived the persona',
  'v1.PersonaRestored': () => 'Brought the persona back',
  'v1.PrivacyRevised': () => 'Changed what may leave the device',
  'v1.ConsentGiven': ({ text, has }) =>
    `Consented to ${text('purpose')}${has('providerName') ? ` with ${text('providerName')}` : ''}`,
  'v1.ConsentWithdrawn': () => 'Withdrew a consent',

  'v1.MemoryAdded': ({ quote }) => `Added the memory ${quote('content')}`,
  'v1.MemoryContentRevised': ({ quote }) => `Revised a memory: ${quote('content')}`,
  'v1.MemoryConflictSettled': ({ quote }) => `Settled on one text of a memory: ${quote('content')}`,
  'v1.MemoryConflictReopened': () => 'Took back what was settled for a memory',
  'v1.MemoryImportanceRevised': ({ text }) => `Gave a memory the importance ${text('importance')}`,
  'v1.MemoryClassified': ({ text, words }) => `Classified a memory as ${text('kind')}, tags: ${words('tags')}`,
  'v1.MemoryReinforced': () => 'Reinforced a memory',
  'v1.ReinforcementWithdrawn': () => 'Took back the reinforcement of a memory',
  'v1.MemoriesLinked': ({ quote }) => `Linked two memories: ${quote('relation')}`,
  'v1.MemoriesUnlinked': () => 'Took back a link between two memories',
  'v1.MemoryMerged': () => 'Merged a memory into another',
  'v1.MemoriesForgotten': (fields) => `Forgot ${memories(fields)}`,
  'v1.MemoriesRestored': (fields) => `Brought ${memories(fields)} back`,
  'v1.MemoriesErased': (fields) => `Erased ${memories(fields)} for good`,
  'v1.MemoriesTagged': (fields) => `Tagged ${memories(fields)} ${fields.quote('tag')}`,
  'v1.MemoriesUntagged': (fields) => `Took the tag ${fields.quote('tag')} off ${memories(fields)}`,
  'v1.MemoriesImported': ({ count }) => `Imported ${count('memories', 'memory', 'memories')}`,
  'v1.MemoriesImportWithdrawn': () => 'Took back the memories of an import',
  'v1.MemoryPolicyRevised': () => 'Changed how memories age',
  'v1.MemoriesTiered': ({ count }) => `Gave ${count('changes', 'memory', 'memories')} another tier`,
  'v1.MemoriesPinned': (fields) => `Pinned ${memories(fields)}`,
  'v1.MemoriesUnpinned': (fields) => `Unpinned ${memories(fields)}`,
  'v1.MemorySplit': ({ count }) => `Split a memory into ${count('intoMemoryIds', 'memory', 'memories')}`,
  'v1.MemoriesTransferred': (fields) => `Gave ${memories(fields)} to another persona`,
  'v1.MemoriesReceived': ({ count }) => `Received ${count('memories', 'memory', 'memories')} of another persona`,
  'v1.MemoryValidityRevised': ({ has }) =>
    has('validUntil') ? 'Noted until when a memory was true' : 'Noted that a memory is still true',
  'v1.MemoriesKeptApart': (fields) => `Kept ${memories(fields)} apart that were suggested as one`,
  'v1.KeptApartWithdrawn': () => 'Took back that two memories are kept apart',
  'v1.MemoriesProposed': ({ count }) => `Proposed ${count('proposals', 'memory', 'memories')}`,
  'v1.ProposalsAccepted': (fields) => `Accepted ${memories(fields)} that had been proposed`,
  'v1.ProposalsRejected': (fields) => `Rejected ${memories(fields)} that had been proposed`,
  'v1.ProposalsReopened': (fields) => `Took back what was decided about ${memories(fields)} that had been proposed`,

  'v1.ConversationStarted': ({ quote }) => `Started the conversation ${quote('title')}`,
  'v1.ConversationRenamed': ({ quote }) => `Renamed a conversation to ${quote('title')}`,
  'v1.ConversationTuned': () => 'Changed the settings of a conversation',
  'v1.ConversationTagged': ({ words }) => `Tagged a conversation: ${words('tags')}`,
  'v1.ConversationFavoured': () => 'Made a conversation a favourite',
  'v1.ConversationUnfavoured': () => 'Took a conversation from the favourites',
  'v1.ConversationsArchived': (fields) => `Archived ${conversations(fields)}`,
  'v1.ConversationsUnarchived': (fields) => `Brought ${conversations(fields)} back from the archive`,
  'v1.ConversationsDeleted': (fields) => `Deleted ${conversations(fields)}`,
  'v1.ConversationsRestored': (fields) => `Brought ${conversations(fields)} back`,
  'v1.ConversationsErased': (fields) => `Erased ${conversations(fields)} for good`,
  'v1.ConversationsImported': ({ count }) => `Imported ${count('conversations', 'conversation', 'conversations')}`,
  'v1.ConversationsImportWithdrawn': () => 'Took back the conversations of an import',
  'v1.ConversationsTransferred': (fields) => `Moved ${conversations(fields)} to another persona`,
  'v1.ConversationsReceived': ({ count }) =>
    `Received ${count('conversations', 'conversation', 'conversations')} of another persona`,
  'v1.MessageSent': ({ is, said }) =>
    is('role', 'assistant') ? `Answered ${said()}` : is('role', 'system') ? `Noted ${said()}` : `Said ${said()}`,
  'v1.MessageEdited': ({ said }) => `Edited a message: ${said()}`,
  'v1.MessageConflictSettled': ({ said }) => `Settled on one text of a message: ${said()}`,
  'v1.MessageConflictReopened': () => 'Took back what was settled for a message',
  'v1.MessagesDeleted': (fields) => `Deleted ${messages(fields)}`,
  'v1.MessagesRestored': (fields) => `Brought ${messages(fields)} back`,
  'v1.MessagesImported': ({ count }) => `Imported ${count('messages', 'message', 'messages')}`,
  'v1.MessagesReceived': ({ count }) => `Received ${count('messages', 'message', 'messages')} of another persona`,
  'v1.BranchChosen': () => 'Went to another branch of a conversation',

  'v1.TaskQueued': () => 'Asked for an answer',
  'v1.TaskClassified': ({ text }) => `Took the question for ${text('intent')}`,
  'v1.TaskClaimed': () => 'Began to work on an answer',
  'v1.TaskRouted': ({ text }) => `Chose ${text('model')} to answer`,
  'v1.TaskPrompted': ({ count }) => `Put a prompt together: ${count('given', 'memory', 'memories')} in it`,
  'v1.TaskStarted': () => 'Began to receive an answer',
  'v1.TaskHopFailed': ({ text }) => `Was not answered by a model: ${text('code')}`,
  'v1.TaskSucceeded': () => 'Finished an answer',
  'v1.TaskFailed': ({ text }) => `Gave an answer up: ${text('code')}`,
  'v1.TaskCancelled': () => 'Stopped an answer',
  'v1.ModelsPreferred': ({ count }) => `Chose the order of models: ${count('order', 'model', 'models')}`,

  'v1.AttachmentAdded': ({ quote }) => `Added the file ${quote('name')}`,
  'v1.AttachmentReceived': ({ quote }) => `Received the file ${quote('name')} of another persona`,
  'v1.AttachmentUploaded': () => 'Sent a file to the server, sealed',
  'v1.AttachmentLinkMade': () => 'Made a public link to a file',
  'v1.AttachmentLinkEnded': () => 'Ended a public link to a file',
  'v1.AttachmentsDeleted': (fields) => `Deleted ${files(fields)}`,
  'v1.AttachmentsRestored': (fields) => `Brought ${files(fields)} back`,
  'v1.AttachmentsDiscarded': (fields) => `Discarded ${files(fields)} for good`,
  'v1.AttachmentBlobsRemoved': (fields) => `Took ${files(fields)} off the server`,
  'v1.ErasureCertified': () => 'Kept the certificate of an erasure',
}

/** `v2.MemoriesSorted`: “Memories sorted (v2, not known to this version).” */
const nameInWords = (name: string): string => {
  const [, version = '', noun = name] = /^(v\d+)\.(.*)$/.exec(name) ?? []
  const words = noun.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()
  const known = version === '' ? '' : `${version}, `
  return `${words.charAt(0).toUpperCase()}${words.slice(1)} (${known}not known to this version).`
}
