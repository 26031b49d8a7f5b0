import { FastCheck as fc } from 'effect'
import { expect, test } from 'vitest'
import { isAllowedType } from '#schema/attachments/kinds.ts'
import { encodingOf, mediaTypeOf } from '#schema/attachments/media-type.ts'
import { seeded } from '#tests/support/any-fact.ts'

const bytes = (...parts: readonly (string | readonly number[])[]) =>
  new Uint8Array(parts.flatMap((part) => (typeof part === 'string' ? [...Buffer.from(part, 'latin1')] : part)))

test.each([
  ['image/png', bytes([0x89], 'PNG\r\n', [0x1a, 0x0a])],
  ['image/jpeg', bytes([0xff, 0xd8, 0xff, 0xe0])],
  ['image/gif', bytes('GIF89a')],
  ['image/webp', bytes('RIFF', [1, 2, 3, 4], 'WEBPVP8 ')],
  ['image/avif', bytes([0, 0, 0, 28], 'ftypavif')],
  ['image/bmp', bytes('BM', [1, 2, 3, 4, 0, 0, 0, 0])],
  ['image/svg+xml', bytes('<?xml version="1.0"?>\n<!-- a --><svg xmlns="http://www.w3.org/2000/svg">')],
  ['application/pdf', bytes('%PDF-1.7')],
  ['audio/mpeg', bytes('ID3', [4, 0])],
  ['audio/mpeg', bytes([0xff, 0xfb, 0x90, 0x64])],
  ['audio/wav', bytes('RIFF', [1, 2, 3, 4], 'WAVEfmt ')],
  ['audio/ogg', bytes('OggS', [0, 2])],
  ['audio/flac', bytes('fLaC')],
  ['audio/mp4', bytes([0, 0, 0, 28], 'ftypM4A ')],
  ['audio/webm', bytes([0x1a, 0x45, 0xdf, 0xa3], 'webm', [0], 'A_OPUS')],
  ['video/mp4', bytes([0, 0, 0, 28], 'ftypisom')],
  ['video/quicktime', bytes([0, 0, 0, 20], 'ftypqt  ')],
  ['video/webm', bytes([0x1a, 0x45, 0xdf, 0xa3], 'webm', [0], 'V_VP9A_OPUS')],
] as const)('[AT12] a %s is known by its bytes, whatever its name', (mediaType, head) => {
  for (const name of ['a', 'a.txt', 'a.exe', 'a.png']) expect(mediaTypeOf(head, name)).toBe(mediaType)
})

test.each([
  ['notes.md', 'text/markdown'],
  ['table.CSV', 'text/csv'],
  ['page.html', 'text/html'],
  ['data.json', 'application/json'],
  ['main.rs', 'text/plain'],
  ['Makefile', 'text/plain'],
])('[AT13] a text called %s is %s', (name, mediaType) => {
  expect(mediaTypeOf(bytes('plain words'), name)).toBe(mediaType)
})

test('[AT13] a text that claims to be a picture, a sound or a video is none of either', () => {
  for (const name of ['a.png', 'a.svg', 'a.mp3', 'a.mov', 'a.pdf'])
    expect(mediaTypeOf(bytes('plain words'), name)).toBeUndefined()
})

test.each([
  ['a program', bytes([0x7f], 'ELF', [2, 1, 1, 0])],
  ['a program of Windows', bytes('MZ', [0x90, 0, 3, 0])],
  ['an archive', bytes('PK', [3, 4, 20, 0])],
  ['an archive of movies', bytes('RIFF', [1, 2, 3, 4], 'AVI LIST')],
  ['a Matroska without WebM', bytes([0x1a, 0x45, 0xdf, 0xa3], 'matroska')],
  ['zeros', new Uint8Array(64)],
])('[AT14] %s is no type that may be kept', (_, head) => {
  for (const name of ['a.png', 'a.txt', 'a.pdf', 'a']) expect(mediaTypeOf(head, name)).toBeUndefined()
})

test('[AT14] whatever the bytes and the name, the type is an allowed one or none', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), fc.string(), (head, name) => {
      const mediaType = mediaTypeOf(head, name)
      expect(mediaType === undefined || isAllowedType(mediaType)).toBe(true)
    }),
    { ...seeded, numRuns: 2000 },
  )
})

test('[AT15] a text is read as UTF-8, UTF-16 by its mark, or else as Windows-1252', () => {
  expect(encodingOf(bytes([...Buffer.from('Grüße 日本 😀')]))).toBe('utf-8')
  expect(encodingOf(new Uint8Array(Buffer.from('日本').subarray(0, 5)))).toBe('utf-8') // cut in a letter
  expect(encodingOf(bytes([0xff, 0xfe, 0x41, 0]))).toBe('utf-16le')
  expect(encodingOf(bytes([0xfe, 0xff, 0, 0x41]))).toBe('utf-16be')
  expect(encodingOf(bytes('Gr', [0xfc, 0xdf], 'e'))).toBe('windows-1252')
  expect(encodingOf(bytes('a', [0], 'b'))).toBeUndefined()
})
