import { isAllowedType, kindOf } from './kinds.ts'

/**
 * What a file is, by its first bytes; its name decides only which kind of text a text is. Undefined: nothing that may be
 * kept. A name that claims more than the bytes hold (a text called `.png`) is believed in nothing.
 */
export const mediaTypeOf = (head: Uint8Array, name: string): string | undefined => {
  const binary = binaryTypeOf(head)
  if (binary !== undefined) return isAllowedType(binary) ? binary : undefined
  const claimed = typeByExtension[extensionOf(name)]
  if (encodingOf(head) === undefined) return undefined
  if (/^\s*(<\?xml[^>]*>\s*)?(<!--[\s\S]*?-->\s*)*(<!DOCTYPE svg[^>]*>\s*)?<svg[\s>]/i.test(textOf(head)))
    return 'image/svg+xml'
  if (claimed === undefined) return 'text/plain'
  return kindOf(claimed) === 'text' ? claimed : undefined
}

/** How a text is written; undefined for what is none. A head may end in the middle of a letter. */
export const encodingOf = (head: Uint8Array): string | undefined => {
  if (startsWith(head, 0xff, 0xfe)) return 'utf-16le'
  if (startsWith(head, 0xfe, 0xff)) return 'utf-16be'
  if (head.some((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 27))) return undefined
  return isUtf8(head) ? 'utf-8' : 'windows-1252'
}

const isUtf8 = (bytes: Uint8Array): boolean => {
  for (let at = 0; at < bytes.length; ) {
    const byte = bytes[at] ?? 0
    const more = followersOf(byte)
    if (more === undefined) return false
    if (bytes.subarray(at + 1, at + 1 + more).some((next) => (next & 0xc0) !== 0x80)) return false
    at += 1 + more
  }
  return true
}

/** How many bytes a letter has after its first, by that. */
const followersOf = (byte: number): number | undefined => {
  if (byte < 0x80) return 0
  if (byte >= 0xc2 && byte < 0xe0) return 1
  if (byte >= 0xe0 && byte < 0xf0) return 2
  return byte >= 0xf0 && byte < 0xf5 ? 3 : undefined
}

const binaryTypeOf = (head: Uint8Array): string | undefined => {
  if (startsWith(head, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png'
  if (startsWith(head, 0xff, 0xd8, 0xff)) return 'image/jpeg'
  if (hasText(head, 0, 'GIF8')) return 'image/gif'
  if (hasText(head, 0, 'BM') && head[6] === 0 && head[7] === 0) return 'image/bmp'
  if (hasText(head, 0, '%PDF-')) return 'application/pdf'
  if (hasText(head, 0, 'RIFF')) return riffs[textAt(head, 8, 4)] ?? 'application/octet-stream'
  if (hasText(head, 0, 'OggS')) return hasText(head, 29, 'theora') ? 'video/ogg' : 'audio/ogg'
  if (hasText(head, 0, 'fLaC')) return 'audio/flac'
  if (hasText(head, 4, 'ftyp')) return isoTypeOf(textAt(head, 8, 4))
  if (startsWith(head, 0x1a, 0x45, 0xdf, 0xa3)) return matroskaTypeOf(textAt(head, 0, 4096))
  if (hasText(head, 0, 'ID3') || isMp3Frame(head)) return 'audio/mpeg'
  return undefined
}

const riffs: Readonly<Record<string, string>> = { WEBP: 'image/webp', WAVE: 'audio/wav' }

const isoTypeOf = (brand: string): string => {
  if (/^avi[fs]$/.test(brand)) return 'image/avif'
  if (/^M4[AB] $/.test(brand)) return 'audio/mp4'
  if (brand === 'qt  ') return 'video/quicktime'
  return /^(iso|mp4|avc|dash|M4V|MSNV|3gp)/.test(brand) ? 'video/mp4' : 'application/octet-stream'
}

/** A sound alone names its codec and no video's. */
const matroskaTypeOf = (text: string): string => {
  if (!text.includes('webm')) return 'application/octet-stream'
  return /A_(OPUS|VORBIS)/.test(text) && !text.includes('V_') ? 'audio/webm' : 'video/webm'
}

/** Eleven set bits, then a version, a layer, a bit rate and a sampling rate that exist. */
const isMp3Frame = ([first, second = 0, third = 0]: Uint8Array): boolean =>
  first === 0xff &&
  (second & 0xe0) === 0xe0 &&
  (second & 0x18) !== 0x08 &&
  (second & 0x06) === 0x02 &&
  (third & 0xf0) !== 0xf0 &&
  (third & 0x0c) !== 0x0c

const startsWith = (bytes: Uint8Array, ...wanted: readonly number[]): boolean =>
  wanted.every((byte, at) => bytes[at] === byte)

const hasText = (bytes: Uint8Array, at: number, text: string): boolean => textAt(bytes, at, text.length) === text

const textAt = (bytes: Uint8Array, at: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(at, at + length))

const textOf = (head: Uint8Array): string => textAt(head, startsWith(head, 0xef, 0xbb, 0xbf) ? 3 : 0, 1024)

const extensionOf = (name: string): string => /\.([a-z0-9]+)$/i.exec(name.trim())?.[1]?.toLowerCase() ?? ''

/** What a name claims. Any other name of a text is one of a plain text: `main.rs`, `Makefile`. */
const typeByExtension: Readonly<Record<string, string>> = {
  md: 'text/markdown',
  markdown: 'text/markdown',
  csv: 'text/csv',
  tsv: 'text/csv',
  html: 'text/html',
  htm: 'text/html',
  xhtml: 'text/html',
  json: 'application/json',
  xml: 'application/xml',
  ...Object.fromEntries('png jpg jpeg gif webp avif bmp svg'.split(' ').map((it) => [it, 'image/png'])),
  ...Object.fromEntries('mp3 m4a ogg oga wav flac opus'.split(' ').map((it) => [it, 'audio/mpeg'])),
  ...Object.fromEntries('mp4 m4v mov webm mkv avi ogv'.split(' ').map((it) => [it, 'video/mp4'])),
  pdf: 'application/pdf',
}
