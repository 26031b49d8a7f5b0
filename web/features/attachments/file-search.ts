import { type FileKind, fileKinds } from '#schema/attachments/kinds.ts'
import { type AttachmentFilter, type AttachmentOrder, attachmentOrders } from '#schema/stores/attachment-list.ts'

/** What an address says of the room: nonsense narrows nothing. */
export interface FileSearch {
  readonly filter: AttachmentFilter
  readonly order: AttachmentOrder
  readonly view: 'grid' | 'list'
  readonly openId: string | undefined
}

/** What of the address is to change; undefined takes it out. */
export type FileSearchChange = Readonly<Record<string, string | undefined>>

export const fileSearchOf = (search: Readonly<Record<string, string | undefined>>): FileSearch => {
  const { q = '', kind, sort = '', show, view, file } = search
  return {
    filter: {
      show: show === 'deleted' ? 'deleted' : 'kept',
      text: q,
      ...(isKind(kind) ? { kind } : {}),
    },
    order: isOrder(sort) ? sort : 'newest',
    view: view === 'list' ? 'list' : 'grid',
    openId: file,
  }
}

export const isNarrowed = ({ text, kind }: AttachmentFilter): boolean => text !== '' || kind !== undefined

const isKind = (text: string | undefined): text is FileKind => fileKinds.some((kind) => kind === text)
const isOrder = (text: string): text is AttachmentOrder => Object.hasOwn(attachmentOrders, text)
