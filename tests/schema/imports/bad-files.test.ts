import { strToU8, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { planImport } from '#schema/imports/plan-import.ts'
import { base64Json, bytesOf, conversationOf, joined, options, pngOf, zipOf } from './sources.ts'

const card = { name: 'A', description: 'B' }
const inPng = (text: string) => pngOf(['tEXt', 'chara', text])
const truncated = (bytes: Uint8Array, left: number) => bytes.subarray(0, left)
const export_ = [conversationOf([['u', null, 'Tea?']])]

/** The directory of an archive says `size` for its first entry, whatever is in it. */
const claiming = (zip: Uint8Array, size: number) => {
  const copy = new Uint8Array(zip)
  const view = new DataView(copy.buffer)
  const at = Buffer.from(copy).lastIndexOf(Buffer.from([0x50, 0x4b, 1, 2]))
  view.setUint32(at + 24, size, true)
  return copy
}

const noise = (length: number) => Uint8Array.from({ length }, (_, index) => (index * 7919) ^ (index >> 3))

test.each([
  ['nothing at all', '', 'NotJson', /is empty/],
  ['words', 'hello', 'NotJson', /not valid JSON/],
  ['half a file', '[{"title": "Te', 'NotJson', /ends too early/],
  ['a comma too many', '[\n  {"a": 1},\n]', 'NotJson', /there is an unexpected “]” (in it|at line 3, column 1)/],
  ['a number', '7', 'UnknownFormat', /none of the formats/],
  ['null', 'null', 'UnknownFormat', /none of the formats/],
  ['some other JSON', '{"hello": "world"}', 'UnknownFormat', /none of the formats/],
  ['an export of another product', '[{"uuid": "1", "name": "x", "chat_messages": []}]', 'UnknownFormat', /none/],
  ['an empty list', '[]', 'NothingToImport', /nothing in it/],
  ['an empty book', '{"entries": {}}', 'NothingToImport', /nothing in it/],
  ['ten thousand brackets', '['.repeat(10_000), 'NotJson', /ends too early/],
  ['a picture without a card', pngOf(), 'PngWithoutCard', /no character card/],
  ['a picture with other texts', pngOf(['tEXt', 'Comment', 'hi']), 'PngWithoutCard', /no character card/],
  ['a card that is no base64', inPng('***'), 'PngWithoutCard', /no character card/],
  ['a card that is no JSON', inPng('bm90IGpzb24='), 'PngWithoutCard', /no character card/],
  ['half a picture', truncated(inPng(base64Json(card)), 60), 'PngDamaged', /damaged/],
  ['a card of 20 MB in a picture', inPng(base64Json({ ...card, x: 'y'.repeat(20_000_000) })), 'CardTooLarge', /16 MB/],
  ['a card of 20 MB', JSON.stringify({ ...card, x: 'y'.repeat(20_000_000) }), 'CardTooLarge', /16 MB/],
  ['a card that unpacks to 60 MB', pngOf(['zTXt', 'chara', 'A'.repeat(60_000_000)]), 'CardTooLarge', /16 MB/],
  ['an archive without conversations', zipOf({ 'a.txt': 'a' }), 'ZipWithoutConversations', /neither/],
  ['an empty archive', zipOf({}), 'ZipWithoutConversations', /neither/],
  ['half an archive', truncated(zipOf({ 'conversations.json': export_ }), 90), 'ZipDamaged', /damaged/],
  ['an archive of zeros', strToU8(`PK\u0003\u0004${'\0'.repeat(100)}`), 'ZipDamaged', /damaged/],
  ['an archive with broken JSON', zipOf({ 'conversations.json': '[{' }), 'NotJson', /not valid JSON/],
  ['an archive with other JSON', zipOf({ 'conversations.json': '{}' }), 'UnknownFormat', /none/],
  ['100 MB of spaces in an archive', zipOf({ 'conversations.json': ' '.repeat(100_000_000) }), 'ZipBomb', /far more/],
  ['a size that is a lie: less', claiming(zipOf({ 'conversations.json': export_ }), 5), 'ZipDamaged', /damaged/],
  ['a size that is a lie: more', claiming(zipOf({ 'conversations.json': export_ }), 5000), 'ZipDamaged', /damaged/],
  [
    'more than a gigabyte',
    claiming(zipSync({ 'conversations.json': noise(8_000_000) }, { level: 0 }), 1_200_000_000),
    'ZipTooLarge',
    /more than 1000 MB/,
  ],
])('[IM14] %s is refused, in a sentence', (_, source, tag, sentence) => {
  const refused = planImport(bytesOf(source), 'file.bin', options)
  expect(refused).toMatchObject({ _tag: tag, message: expect.stringMatching(sentence) })
})

test('[IM14] a picture with a card in it and damage behind it is read', () => {
  const png = inPng(base64Json(card))
  expect(planImport(truncated(png, png.length - 20), 'a.png', options)).toMatchObject({ format: 'character-card' })
})

test('[IM14] damage in one file of an archive does not matter to the others', () => {
  const zip = zipOf({ 'a.json': '{}', 'conversations.json': export_ })
  expect(planImport(claiming(zip, 3), 'x.zip', options)).toBeInstanceOf(Error)
  zip[37] = 0xff // in the data of a.json
  expect(planImport(zip, 'x.zip', options)).toMatchObject({ format: 'chatgpt' })
})

test.each([
  ['UTF-8 with a mark', (text: string) => joined([new Uint8Array([0xef, 0xbb, 0xbf]), strToU8(text)])],
  ['UTF-16 with a mark', (text: string) => new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'))],
  ['UTF-16 without a mark', (text: string) => new Uint8Array(Buffer.from(text, 'utf16le'))],
  ['UTF-16, big end first', (text: string) => new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le').swap16())],
])('[IM19] a file in %s is read', (_, encode) => {
  const plan = planImport(encode(JSON.stringify({ ...card, name: 'Zoë' })), 'a.json', options)
  expect(plan).toMatchObject({ personas: [{ draft: { name: 'Zoë' } }] })
})

test('[IM14] what is nested a hundred thousand deep is cut, not followed', () => {
  const deep = `{"name":"A","description":"B","extensions":${'['.repeat(100_000)}${']'.repeat(100_000)}}`
  expect(planImport(bytesOf(deep), 'a.json', options)).toMatchObject({ format: 'character-card' })
  const message = `{"content_type":"x","y":${'['.repeat(100_000)}${']'.repeat(100_000)}}`
  const chat = JSON.stringify([conversationOf([['u', null, { author: { role: 'user' }, content: 'MARK' }]])])
  expect(planImport(bytesOf(chat.replace('"MARK"', message)), 'a.json', options)).toMatchObject({ format: 'chatgpt' })
})
