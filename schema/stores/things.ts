import { besideMemories } from '#schema/memories/own-tables.ts'
import { ofPersonas } from '#schema/workspace/own-tables.ts'
import type { Row } from './state-hash.ts'

/** What a person calls one thing, though it lies in several tables. */
export interface Thing {
  readonly kind: ThingKind
  readonly id: string
}

const tables = {
  memory: ['memoryId', 'memories', ...besideMemories],
  link: ['linkId', 'memoryLinks'],
  proposal: ['memoryId', 'proposals'],
  conversation: ['conversationId', 'conversations', 'conversationHeads', 'conversationTransfers'],
  message: [
    'messageId',
    'messages',
    'messageBodies',
    'messageEdits',
    'messageRecalls',
    'messageAuthors',
    'messageConflicts',
  ],
  pair: ['pairId', 'memoriesApart'],
  profile: ['personaId', 'personas', 'privacies', 'modelPreferences', 'memoryPolicies'],
  consent: ['consentId', 'consents'],
  attachment: ['attachmentId', 'attachments', 'attachmentLinks'],
  task: ['taskId', 'tasks', 'taskSteps'],
  erasure: ['erasureId', 'erasures', 'erasedIds'],
  workspace: ['workspaceId', 'workspaces'],
  persona: ['personaId', ...ofPersonas],
  device: ['deviceId', 'devices'],
  import: ['importId', 'imports'],
  share: ['shareId', 'shares', 'receivedShares'],
  secret: ['era', 'secretChanges'],
  preference: ['key', 'preferences'],
  account: ['accountId', 'providerAccounts', 'providerModels', 'modelPrices', 'providerUsage', 'providerHealth'],
} as const satisfies Readonly<Record<string, readonly [id: string, ...tables: string[]]>>

export type ThingKind = keyof typeof tables

/** In which tables a kind of thing lies, the one that says whether it is there first, and the column of its id. */
export const placesOf = (kind: ThingKind) => {
  const [idColumn, ...names] = tables[kind]
  return { idColumn, names: names as readonly string[] }
}

const kindByTable: ReadonlyMap<string, ThingKind> = new Map(
  // The keys of a record of this very type.
  (Object.keys(tables) as ThingKind[]).flatMap((kind) => placesOf(kind).names.map((name) => [name, kind] as const)),
)

/** Whose row it is; undefined for a table no thing has. */
export const thingOf = (table: string, row: Row): Thing | undefined => {
  const kind = kindByTable.get(table)
  return kind === undefined ? undefined : { kind, id: String(row[placesOf(kind).idColumn]) }
}
