import { strToU8, zipSync, zlibSync } from 'fflate'
import { planImport } from '#schema/imports/plan-import.ts'

export const options = { workspaceId: 'w1', now: new Date('2026-03-01T10:00:00Z') }
export const stamp = { at: options.now, actorId: 'ada', deviceId: 'laptop' }

/** The plan of a file that is expected to be readable. */
export const planOf = (source: unknown, fileName = 'file.json', more: { intoPersonaId?: string } = {}) => {
  const plan = planImport(bytesOf(source), fileName, { ...options, ...more })
  if (plan instanceof Error) throw plan
  return plan
}

export const personaOf = (source: unknown, more: { intoPersonaId?: string } = {}) =>
  planOf(source, 'file.json', more).personas[0]!

export const bytesOf = (source: unknown): Uint8Array =>
  source instanceof Uint8Array ? source : strToU8(typeof source === 'string' ? source : JSON.stringify(source))

export const zipOf = (files: Readonly<Record<string, unknown>>): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(files).map(([name, source]) => [name, bytesOf(source)])))

/** A conversation of ChatGPT with a node per line: `[key, parent, text or message]`. */
export const conversationOf = (
  nodes: readonly (readonly [key: string, parent: string | null, message: string | object | null])[],
  more: object = {},
) => ({
  title: 'Tea',
  conversation_id: 'c1',
  create_time: 1_700_000_000,
  mapping: Object.fromEntries(
    nodes.map(([key, parent, message], index) => [
      key,
      {
        id: key,
        parent,
        children: nodes.filter(([, of]) => of === key).map(([child]) => child),
        message:
          typeof message === 'string' ? messageOf(message, { id: key, create_time: 1_700_000_001 + index }) : message,
      },
    ]),
  ),
  current_node: nodes.at(-1)?.[0],
  ...more,
})

export const messageOf = (content: string | object, more: object = {}) => ({
  author: { role: 'user' },
  create_time: 1_700_000_001,
  content: typeof content === 'string' ? { content_type: 'text', parts: [content] } : content,
  metadata: {},
  recipient: 'all',
  weight: 1,
  ...more,
})

/** The smallest picture, one grey dot, with texts in it. */
export const pngOf = (
  ...texts: readonly (readonly [type: 'tEXt' | 'zTXt' | 'iTXt', keyword: string, text: string])[]
) =>
  joined([
    pngSignature,
    chunkOf('IHDR', new Uint8Array([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0])),
    ...texts.map(([type, keyword, text]) => chunkOf(type, textChunk(type, keyword, text))),
    chunkOf('IDAT', zlibSync(new Uint8Array([0, 128]))),
    chunkOf('IEND', new Uint8Array()),
  ])

export const base64Json = (json: unknown) => Buffer.from(JSON.stringify(json)).toString('base64')

const pngSignature = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

const textChunk = (type: string, keyword: string, text: string) => {
  if (type === 'tEXt') return strToU8(`${keyword}\0${text}`)
  if (type === 'zTXt') return joined([strToU8(`${keyword}\0\0`), zlibSync(strToU8(text))])
  return joined([strToU8(`${keyword}\0\u0001\0en\0\0`), zlibSync(strToU8(text))])
}

const chunkOf = (type: string, data: Uint8Array) => {
  const length = new Uint8Array(4)
  new DataView(length.buffer).setUint32(0, data.length)
  return joined([length, strToU8(type), data, new Uint8Array(4)]) // a wrong checksum, as programs write it
}

export const joined = (pieces: readonly Uint8Array[]) => new Uint8Array(Buffer.concat(pieces))
