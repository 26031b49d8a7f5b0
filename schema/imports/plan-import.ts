import { cardLimit, cardOf, cardOfPng, planCard } from './character-card.ts'
import { type ChatGptFile, chatGptConversations, planChatGpt } from './chatgpt.ts'
import { lorebookOf, planLorebook } from './lorebook.ts'
import { isPersonaExport, planPersonaExport } from './pjai-persona.ts'
import type { ImportOptions, ImportPlan } from './plan.ts'
import { isPng } from './png.ts'
import {
  CardTooLarge,
  FileTooLarge,
  type ImportRefused,
  NothingToImport,
  UnknownFormat,
  ZipTooLarge,
  ZipWithoutConversations,
} from './refusals.ts'
import { jsonOfBytes } from './text-of-bytes.ts'
import { isZip, unpackEntry, type ZipEntry, zipEntries, zipLimits } from './zip.ts'

/** What a file would bring. What it is, is read from its bytes; its name only stands in for a missing one. */
export const planImport = (bytes: Uint8Array, fileName: string, options: ImportOptions): ImportPlan | ImportRefused => {
  const steps = planImportSteps(bytes, fileName, options)
  let step = steps.next()
  while (step.done !== true) step = steps.next()
  return step.value
}

/** The same in steps of a few milliseconds, for a page that stays awake. Yields the part that is done, 0–1. */
export function* planImportSteps(
  bytes: Uint8Array,
  fileName: string,
  options: ImportOptions,
): Generator<number, ImportPlan | ImportRefused> {
  if (bytes.length > fileLimit) return new FileTooLarge({ where: fileName, limit: fileLimit })
  const plan = isZip(bytes)
    ? yield* planZip(bytes, fileName, options)
    : isPng(bytes)
      ? planPng(bytes, fileName, options)
      : yield* planJson(bytes, fileName, options)
  if (plan instanceof Error) return plan
  const isEmpty = plan.personas.length === 0 && plan.rejected.length === 0
  return isEmpty ? new NothingToImport({ where: fileName }) : plan
}

/** What a browser hands over in one piece. */
export const fileLimit = 512_000_000

function* planJson(bytes: Uint8Array, fileName: string, options: ImportOptions) {
  const json = jsonOfBytes(bytes, fileName)
  if (json instanceof Error) return json
  yield 0
  const { value } = json
  if (isPersonaExport(value)) return planPersonaExport(value, stemOf(fileName), options)
  const conversations = chatGptConversations(value)
  if (conversations !== undefined) return yield* planChatGpt([{ where: fileName, conversations }], options)
  const card = cardOf(value)
  if (card !== undefined && bytes.length > cardLimit) return new CardTooLarge({ where: fileName, limit: cardLimit })
  if (card !== undefined) return planCard(card, null, stemOf(fileName), options)
  const book = lorebookOf(value)
  if (book !== undefined) return planLorebook(book, stemOf(fileName), options)
  const isEmpty = Array.isArray(value) && value.length === 0
  return isEmpty ? new NothingToImport({ where: fileName }) : new UnknownFormat({ where: fileName })
}

const planPng = (bytes: Uint8Array, fileName: string, options: ImportOptions) => {
  const found = cardOfPng(bytes, fileName)
  return found instanceof Error ? found : planCard(found.card, found.avatar, stemOf(fileName), options)
}

/** An export of ChatGPT, with one file of conversations or many; or a card with its pictures (`.charx`). */
function* planZip(bytes: Uint8Array, fileName: string, options: ImportOptions) {
  const entries = zipEntries(bytes, fileName)
  if (entries instanceof Error) return entries
  const wanted = entries
    .filter(({ name }) => /^conversations[^/]*\.json$/i.test(baseOf(name)))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
  const card = entries.find(({ name }) => name === 'card.json')
  if (wanted.length === 0 && card !== undefined) return yield* planPacked(bytes, card, fileName, options)
  if (wanted.length === 0) return new ZipWithoutConversations({ where: fileName })
  if (wanted.reduce((sum, { size }) => sum + size, 0) > zipLimits.bytes) {
    return new ZipTooLarge({ where: fileName, limit: zipLimits.bytes })
  }

  const files: ChatGptFile[] = []
  const refusals: ImportRefused[] = []
  for (const entry of wanted) {
    const file = yield* readShard(bytes, entry, fileName)
    if (file instanceof Error) refusals.push(file)
    else files.push(file)
  }
  const [first] = refusals
  if (first !== undefined && files.length === 0) return first
  const plan = yield* planChatGpt(files, options)
  const rejected = refusals.map(({ where, message }) => ({ where, reason: message }))
  return { ...plan, rejected: [...rejected, ...plan.rejected] }
}

function* readShard(bytes: Uint8Array, entry: ZipEntry, fileName: string) {
  const where = `${fileName} › ${entry.name}`
  const unpacked = yield* unpack(bytes, entry, where)
  if (unpacked instanceof Error) return unpacked
  const json = jsonOfBytes(unpacked, where)
  if (json instanceof Error) return json
  const conversations = Array.isArray(json.value) ? json.value : chatGptConversations(json.value)
  return conversations === undefined ? new UnknownFormat({ where }) : { where: entry.name, conversations }
}

function* planPacked(bytes: Uint8Array, entry: ZipEntry, fileName: string, options: ImportOptions) {
  if (entry.size > cardLimit) return new CardTooLarge({ where: fileName, limit: cardLimit })
  const unpacked = yield* unpack(bytes, entry, fileName)
  return unpacked instanceof Error ? unpacked : yield* planJson(unpacked, fileName, options)
}

function* unpack(bytes: Uint8Array, entry: ZipEntry, where: string) {
  const steps = unpackEntry(bytes, entry, where)
  let step = steps.next()
  while (step.done !== true) {
    yield 0
    step = steps.next()
  }
  return step.value
}

const baseOf = (path: string) => path.slice(path.lastIndexOf('/') + 1)

const stemOf = (fileName: string) => baseOf(fileName.replaceAll('\\', '/')).replace(/\.\w{1,8}$/, '')
