import { expect, test } from 'vitest'
import { chunkBytes, chunkCountOf, chunkRange } from '#schema/attachments/chunks.ts'
import * as commands from '#schema/attachments/commands.ts'
import { shownName } from '#schema/attachments/kinds.ts'
import * as queries from '#schema/attachments/queries.ts'
import * as refusals from '#schema/attachments/refusals.ts'
import { eraseConversations, startConversation } from '#schema/conversations/commands.ts'
import { sendMessage } from '#schema/conversations/message-commands.ts'
import { attachmentList$, attachmentTotals$, messageWith$ } from '#schema/stores/attachment-list.ts'
import { commit, personaStoreWith } from '#tests/support/stores.ts'

const at = (minute: number) => ({ at: new Date(Date.UTC(2026, 2, 1, 10, minute)), actorId: 'ada', deviceId: 'laptop' })
const inTalk = { personaId: 'p1', conversationId: 'c1' }
const inPersona = { personaId: 'p1' }

const draft = (attachmentId: string, more: Partial<commands.AttachmentDraft> = {}): commands.AttachmentDraft => ({
  attachmentId,
  name: `${attachmentId}.png`,
  mediaType: 'image/png',
  bytes: 1000,
  sha256: attachmentId,
  chunkBytes,
  ...more,
})

const picture = commands.addAttachment(inTalk, draft('f1', { width: 800, height: 600 }), at(1))
const song = commands.addAttachment(
  inPersona,
  draft('f2', { name: 'Übung.mp3', mediaType: 'audio/mpeg', bytes: 9000, durationMs: 61_000 }),
  at(2),
)

test('[AT1] a file added is listed with what it says of itself, and no byte of it is in the log', async () => {
  const store = await personaStoreWith(picture, song)
  expect(store.query(attachmentList$({ show: 'kept' }, 'newest', 10))).toMatchObject([
    { attachmentId: 'f2', conversationId: null, durationMs: 61_000, width: null, uploadedAt: null },
    { attachmentId: 'f1', conversationId: 'c1', width: 800, height: 600, deviceId: 'laptop', addedAt: at(1).at },
  ])
  expect(JSON.stringify(picture).length).toBeLessThan(500)
})

test('[AT2] a file without a legal name, of no bytes, too many, or of a type that is not allowed is refused', () => {
  const refused = (more: Partial<commands.AttachmentDraft>) => commands.addAttachment(inTalk, draft('f', more), at(1))
  for (const name of [' ', 'x'.repeat(256)]) expect(refused({ name })).toBeInstanceOf(refusals.AttachmentNameIllegal)
  expect(refused({ name: '😀'.repeat(255) })).not.toBeInstanceOf(Error)
  expect(refused({ bytes: 0 })).toBeInstanceOf(refusals.AttachmentEmpty)
  for (const bytes of [104_857_601, Number.NaN]) expect(refused({ bytes })).toBeInstanceOf(refusals.AttachmentTooLarge)
  expect(refused({ bytes: 104_857_600 })).not.toBeInstanceOf(Error)
  for (const mediaType of ['application/zip', 'application/octet-stream', 'text/javascript', ''])
    expect(refused({ mediaType })).toBeInstanceOf(refusals.AttachmentTypeNotAllowed)
})

test('[AT3] files are found by a part of their name in any case, by kind, and in four orders', async () => {
  const store = await personaStoreWith(picture, song)
  const ids = (filter: object, order: 'newest' | 'oldest' | 'largest' | 'name' = 'newest') =>
    store.query(attachmentList$({ show: 'kept', ...filter }, order, 10)).map(({ attachmentId }) => attachmentId)
  expect(ids({ text: 'ÜBUNG' })).toEqual(['f2'])
  expect(ids({ text: 'none' })).toEqual([])
  expect(ids({ kind: 'image' })).toEqual(['f1'])
  expect([ids({}, 'newest'), ids({}, 'oldest'), ids({}, 'largest'), ids({}, 'name')]).toEqual([
    ['f2', 'f1'],
    ['f1', 'f2'],
    ['f2', 'f1'],
    ['f1', 'f2'],
  ])
})

test('[AT4] deleting hides files and restoring brings them back; only what is deleted is discarded, for good', async () => {
  const store = await personaStoreWith(picture, song)
  const totals = () => store.query(attachmentTotals$)
  commit(store, commands.deleteAttachments('p1', ['f1', 'f2'], 'b1', at(3)))
  expect(totals()).toMatchObject({ kept: 0, deleted: 2 })
  commit(store, commands.restoreAttachments('p1', ['f2'], 'b2', at(4)))
  expect(totals()).toMatchObject({ kept: 1, deleted: 1 })
  const rows = ['f1', 'f2'].flatMap((id) => store.query(queries.attachmentById$(id)) ?? [])
  expect(commands.discardAttachments('p1', rows, at(5))).toBeInstanceOf(refusals.AttachmentNotDeleted)
  expect(commands.discardAttachments('p1', [], at(5))).toBeInstanceOf(refusals.AttachmentNotFound)
  commit(store, commands.discardAttachments('p1', rows.slice(0, 1), at(5)))
  commit(store, commands.restoreAttachments('p1', ['f1'], 'b3', at(6)))
  expect(totals()).toMatchObject({ kept: 1, deleted: 0, bytes: 9000 })
  const many = Array.from({ length: 2001 }, String)
  expect(commands.deleteAttachments('p1', many, 'b', at(7))).toBeInstanceOf(refusals.TooManyAttachments)
})

test('[AT5] what the server lacks is what is neither uploaded nor deleted; the first key stands', async () => {
  const store = await personaStoreWith(picture, song)
  const lacking = () => store.query(queries.attachmentsToUpload$).map(({ attachmentId }) => attachmentId)
  expect(lacking()).toEqual(['f1', 'f2'])
  const row = store.query(queries.attachmentById$('f1'))
  commit(store, commands.noteUploaded(row, 'key1', at(3)), commands.noteUploaded(row, 'key2', at(4)))
  expect(store.query(queries.attachmentById$('f1'))).toMatchObject({ keyId: 'key1', uploadedAt: at(3).at })
  commit(store, commands.deleteAttachments('p1', ['f2'], 'b1', at(5)))
  expect(lacking()).toEqual([])
  expect(commands.noteUploaded(null, 'key1', at(3))).toBeInstanceOf(refusals.AttachmentNotFound)
})

test('[AT6] the same bytes are one upload within a conversation, and two across conversations', async () => {
  const store = await personaStoreWith(picture)
  commit(store, commands.noteUploaded(store.query(queries.attachmentById$('f1')), 'key1', at(3)))
  expect(store.query(queries.uploadedKey$('f1', 'c1'))).toBe('key1')
  expect(store.query(queries.uploadedKey$('f1', 'c2'))).toBeNull()
  expect(store.query(queries.uploadedKey$('f1', null))).toBeNull()
  expect(store.query(queries.uploadedKey$('other', 'c1'))).toBeNull()
})

test('[AT7] blobs are to be removed once no other file shares them, and content is kept as long as one has it', async () => {
  const twin = commands.addAttachment(inTalk, draft('f3', { sha256: 'f1' }), at(3))
  const store = await personaStoreWith(picture, twin)
  const row = (id: string) => store.query(queries.attachmentById$(id))
  commit(store, commands.noteUploaded(row('f1'), 'k', at(4)), commands.noteUploaded(row('f3'), 'k', at(4)))
  const discard = (id: string) => {
    commit(store, commands.deleteAttachments('p1', [id], 'b', at(5)))
    commit(store, commands.discardAttachments('p1', [row(id)!], at(6)))
  }
  discard('f1')
  expect(store.query(queries.blobsToRemove$)).toEqual([])
  expect(store.query(queries.keptContent$)).toEqual(new Set(['f1']))
  discard('f3')
  expect(store.query(queries.blobsToRemove$)).toMatchObject([{ attachmentId: 'f1' }, { attachmentId: 'f3' }])
  expect(store.query(queries.keptContent$)).toEqual(new Set())
  commit(store, commands.noteBlobsRemoved('p1', ['f1', 'f3'], at(7)))
  expect(store.query(queries.blobsToRemove$)).toEqual([])
})

test('[AT8] an erased conversation takes its files along, and none comes back', async () => {
  const store = await personaStoreWith(startConversation('p1', 'c1', {}, at(0)), picture, song)
  commit(store, eraseConversations('p1', [{ conversationId: 'c1', deletedAt: at(3).at }], 'e1', at(3)), picture)
  expect(store.query(attachmentList$({ show: 'kept' }, 'newest', 10))).toMatchObject([{ attachmentId: 'f2' }])
  expect(store.query(queries.attachmentById$('f1'))).toBeNull()
})

test('[AT9] a file says with which message it was sent', async () => {
  const parts = [{ type: 'file' as const, attachmentId: 'f1', name: 'f1.png' }]
  const sent = sendMessage(inTalk, { messageId: 'm1', parentMessageId: null, role: 'user', parts }, at(2))
  const store = await personaStoreWith(startConversation('p1', 'c1', {}, at(0)), picture, sent)
  expect(store.query(messageWith$('c1', 'f1'))).toBe('m1')
  expect(store.query(messageWith$('c1', 'f2'))).toBeNull()
})

test('[AT10] a file is cut into chunks that make it up, and what cannot be one is not cut', () => {
  const whole = { bytes: 10_000_001, chunkBytes }
  const count = chunkCountOf(whole)!
  const ranges = Array.from({ length: count }, (_, index) => chunkRange(whole, index))
  expect(ranges).toEqual([
    [0, 4_194_304],
    [4_194_304, 8_388_608],
    [8_388_608, 10_000_001],
  ])
  expect(chunkCountOf({ bytes: 104_857_600, chunkBytes })).toBe(25)
  for (const broken of [
    { bytes: 1e9, chunkBytes: 1 },
    { bytes: 5, chunkBytes: 0 },
    { bytes: 5, chunkBytes: -1 },
    { bytes: 0, chunkBytes },
    { bytes: Number.NaN, chunkBytes },
  ])
    expect(chunkCountOf(broken)).toBeUndefined()
})

test('[AT11] a name is shown without marks that turn or hide its letters', () => {
  expect(shownName('holiday\u202egpj.exe')).toBe('holidaygpj.exe')
  expect(shownName('a\u200bb\u0000c\u2066.txt')).toBe('abc.txt')
  expect(shownName('\u202e')).toBe('A file')
})

test('[AT65] a public link to a file is listed with its file until it ends, and is erased with its conversation', async () => {
  const store = await personaStoreWith(picture, song)
  const [inTalk, inPersona] = ['f1', 'f2'].map((id) => store.query(queries.attachmentById$(id)))
  const link = (linkId: string) => ({ linkId, token: `token ${linkId}`, linkKey: `key ${linkId}` })
  expect(commands.makeAttachmentLink(null, link('l0'), at(3))).toBeInstanceOf(refusals.AttachmentNotFound)
  commit(store, commands.makeAttachmentLink(inTalk!, link('l1'), at(3)))
  commit(store, commands.makeAttachmentLink(inPersona!, link('l2'), at(4)))
  expect(store.query(queries.linkedFiles$)).toMatchObject([
    { linkId: 'l2', name: 'Übung.mp3', endedAt: null },
    { linkId: 'l1', name: 'f1.png', token: 'token l1', conversationId: 'c1' },
  ])
  const [second] = store.query(queries.linksOfAttachment$('f2'))
  commit(store, commands.endAttachmentLink(second!, at(5)), commands.endAttachmentLink(second!, at(6)))
  expect(store.query(queries.linksOfAttachment$('f2'))).toMatchObject([{ endedAt: at(5).at }])
  const made = commands.makeAttachmentLink(inTalk!, link('l3'), at(7))
  commit(store, eraseConversations('p1', [{ conversationId: 'c1', deletedAt: at(8).at }], 'e1', at(8)), made)
  expect(store.query(queries.linkedFiles$).map(({ linkId }) => linkId)).toEqual(['l2'])
})

test('[AT65] the links of a file that was removed for good are to be ended', async () => {
  const store = await personaStoreWith(song)
  const link = { linkId: 'l1', token: 't', linkKey: 'k' }
  commit(store, commands.makeAttachmentLink(store.query(queries.attachmentById$('f2')), link, at(3)))
  expect(store.query(queries.linksToEnd$)).toEqual([])
  commit(store, commands.deleteAttachments('p1', ['f2'], 'b1', at(4)))
  commit(store, commands.discardAttachments('p1', [{ attachmentId: 'f2', deletedAt: at(4).at }], at(5)))
  const [due] = store.query(queries.linksToEnd$)
  expect(due).toMatchObject({ linkId: 'l1' })
  commit(store, commands.endAttachmentLink(due!, at(6)))
  expect(store.query(queries.linksToEnd$)).toEqual([])
})
