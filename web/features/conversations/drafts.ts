import type { AttachmentDraft } from '#schema/attachments/commands.ts'
import type { MessagePart } from '#schema/conversations/parts.ts'

/**
 * What somebody is writing, kept until it is sent. A key for each conversation and page in this browser's localStorage:
 * two tabs never write the same one, and other devices have their own. A page that is gone (its lock is free) leaves its
 * draft to the next page that opens the conversation.
 */
export interface Draft {
  readonly text: string
  readonly codes: readonly CodeDraft[]
  /** Their bytes are on this device already; facts they become with the message. */
  readonly files: readonly AttachmentDraft[]
  readonly writtenAt: number
}

export interface CodeDraft {
  readonly id: string
  readonly language: string
  readonly code: string
}

export const emptyDraft: Draft = { text: '', codes: [], files: [], writtenAt: 0 }

export const isEmptyDraft = ({ text, codes, files }: Draft): boolean =>
  text === '' && codes.length === 0 && files.length === 0

export const draftToParts = ({ text, codes, files }: Draft): readonly MessagePart[] => [
  ...(text.trim() === '' ? [] : [{ type: 'text' as const, text: text.trim() }]),
  ...codes
    .filter(({ code }) => code.trim() !== '')
    .map(({ language, code }) => ({ type: 'code' as const, language: language.trim(), code })),
  ...files.map(({ attachmentId, name }) => ({ type: 'file' as const, attachmentId, name })),
]

export const pageLockName = (pageId: string) => `pjai-page-${pageId}`

export const makeDrafts = (storage: Storage, pageId: string) => {
  const prefixOf = (place: string) => `pjai.draft.${place}.`
  const ownKey = (place: string) => prefixOf(place) + pageId

  const keep = (place: string, draft: Draft) => {
    if (isEmptyDraft(draft)) storage.removeItem(ownKey(place))
    else storage.setItem(ownKey(place), JSON.stringify(draft))
  }

  return {
    keep,
    own: (place: string): Draft => read(storage, ownKey(place)) ?? emptyDraft,
    /** Takes over the newest draft whose page is gone; none when this page has one of its own. */
    adopt: (place: string, livePageIds: ReadonlySet<string>): Draft | undefined => {
      if (storage.getItem(ownKey(place)) !== null) return undefined
      const left = Object.keys(storage)
        .filter((key) => key.startsWith(prefixOf(place)) && !livePageIds.has(key.slice(prefixOf(place).length)))
        .flatMap((key) => {
          const draft = read(storage, key)
          return draft === undefined ? [] : [{ key, draft }]
        })
        .sort((a, b) => b.draft.writtenAt - a.draft.writtenAt)
      const newest = left[0]
      if (newest === undefined) return undefined
      keep(place, newest.draft)
      storage.removeItem(newest.key)
      return newest.draft
    },
  }
}

const read = (storage: Storage, key: string): Draft | undefined => {
  try {
    const found: unknown = JSON.parse(storage.getItem(key) ?? 'null')
    return isDraft(found) ? { ...emptyDraft, ...found } : undefined // an older version kept no files
  } catch {
    // Not ours, or cut short: nothing to offer.
    return undefined
  }
}

const isDraft = (value: unknown): value is Omit<Draft, 'files'> =>
  typeof value === 'object' &&
  value !== null &&
  'text' in value &&
  typeof value.text === 'string' &&
  'codes' in value &&
  Array.isArray(value.codes) &&
  'writtenAt' in value &&
  typeof value.writtenAt === 'number'
