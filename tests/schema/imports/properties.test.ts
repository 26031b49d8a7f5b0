import { FastCheck as fc } from 'effect'
import { expect, test } from 'vitest'
import { textOfParts } from '#schema/conversations/parts.ts'
import { planImport } from '#schema/imports/plan-import.ts'
import { reasonAgainstParts } from '#schema/imports/size-limits.ts'
import { characterCount } from '#schema/shared/text.ts'
import { importEvents } from '#schema/stores/import-events.ts'
import { base64Json, bytesOf, conversationOf, messageOf, options, personaOf, pngOf, stamp, zipOf } from './sources.ts'

/** The same run every time. */
const seeded = (numRuns: number) => ({ seed: 20_260_301, numRuns })

const fields =
  `mapping conversation_id id title message author role content content_type parts parent children metadata attachments
   create_time current_node text recipient weight name description data spec entries keys key insertion_order
   character_book first_mes alternate_greetings format draft messages memories __proto__ constructor`.split(/\s+/)

/** JSON in the shape of what we read, wrong in any place. */
const wild = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(null, '', 'text', 0, -1, 1e300, 1_700_000_000, true, [], {}, '\ud800\0', 'system', 'user', 'tool'),
    fc.string({ unit: 'binary', maxLength: 5 }),
    fc.array(tie('value'), { maxLength: 4 }),
    tie('object'),
  ),
  object: fc.dictionary(fc.constantFrom(...fields), tie('value'), { maxKeys: 8 }),
}))

/** Wild JSON that a format will take for its own, so that the property looks inside. */
const taken = wild.value.chain((value) =>
  fc.constantFrom<unknown>(
    value,
    [{ mapping: { a: value, b: { parent: 'a', message: value } } }],
    [{ mapping: { a: { message: { author: { role: 'user' }, content: value } } }, title: value, create_time: value }],
    {
      name: 'A',
      description: 'B',
      first_mes: value,
      character_book: value,
      alternate_greetings: value,
      nickname: value,
    },
    {
      spec: 'chara_card_v2',
      data: { name: value, character_book: { entries: [value, { content: 'x', keys: value }] } },
    },
    { format: 'pjai-persona', version: 1, draft: value, messages: [value], conversations: value, memories: [value] },
    { entries: [{ content: 'a', key: value, order: value, uid: value }, { content: value }] },
  ),
)

/** Plans and makes events of the plan; gives what is wrong with either. */
const faultsOf = (bytes: Uint8Array): readonly string[] => {
  const plan = planImport(bytes, 'file', options)
  if (plan instanceof Error) return plan.message.length > 10 ? [] : [`no sentence: ${plan.message}`]
  return plan.personas
    .flatMap((persona) => [...importEvents(persona, 'i1', stamp)])
    .filter((event) => Buffer.byteLength(JSON.stringify(event)) >= 900_000)
    .map(({ name }) => `too large: ${name}`)
}

test('[IM15] any bytes end in a plan or in a refusal, never in an error', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(faultsOf(bytes)).toEqual([])
    }),
    seeded(300),
  )
  const png = pngOf(['tEXt', 'chara', base64Json({ name: 'A', description: 'B' })], ['zTXt', 'ccv3', 'x'])
  const zip = zipOf({ 'conversations.json': [conversationOf([['u', null, 'a']])], 'b.txt': 'b' })
  const damage = fc.array(fc.tuple(fc.nat({ max: 500 }), fc.nat({ max: 255 })), { minLength: 1, maxLength: 5 })
  const damaged = fc.tuple(fc.constantFrom(png, zip), damage, fc.nat({ max: 500 })).map(([bytes, hits, cutOff]) => {
    const copy = new Uint8Array(bytes)
    for (const [at, byte] of hits) copy[at % copy.length] = byte
    return copy.subarray(0, copy.length - (cutOff % 3 === 0 ? cutOff % copy.length : 0))
  })
  fc.assert(
    fc.property(damaged, (bytes) => {
      expect(faultsOf(bytes)).toEqual([])
    }),
    seeded(200),
  )
})

test('[IM15] any JSON ends in a plan or in a refusal, and whatever is planned can be written', {
  timeout: 60_000,
}, () => {
  fc.assert(
    fc.property(taken, (json) => {
      expect(faultsOf(bytesOf(json))).toEqual([])
    }),
    seeded(200),
  )
})

/** Nodes `0…n`, each with any node or none as its parent, some of them hidden. */
const trees = fc.array(fc.tuple(fc.option(fc.nat({ max: 25 })), fc.boolean()), { minLength: 1, maxLength: 20 })

const exportOf = (tree: readonly (readonly [number | null, boolean])[]) => [
  conversationOf(
    tree.map(([parent, isHidden], index) => [
      `n${index}`,
      parent === null ? null : `n${parent}`,
      messageOf(`text ${index}`, { weight: isHidden ? 0 : 1 }),
    ]),
  ),
]

test('[IM4] in any tree every visible message comes once, after its parent, below the nearest visible one', {
  timeout: 60_000,
}, () => {
  fc.assert(
    fc.property(trees, (tree) => {
      const visible = tree.flatMap(([, isHidden], index) => (isHidden ? [] : [`text ${index}`]))
      const messages = tree.every(([, isHidden]) => isHidden) ? [] : personaOf(exportOf(tree)).messages
      expect(messages.map(({ parts }) => textOfParts(parts)).toSorted()).toEqual(visible.toSorted())
      const seen = new Map<string | null, string | undefined>([[null, undefined]])
      for (const { messageId, parentMessageId, sourceId } of messages) {
        expect(seen.has(parentMessageId)).toBe(true)
        const above = nearestVisible(tree, Number(sourceId?.slice(1)))
        expect(above).toContain(seen.get(parentMessageId))
        seen.set(messageId, sourceId)
      }
    }),
    seeded(200),
  )
})

/** What may stand above a message: one answer, or any message of its circle and nothing, for a circle has no top. */
const nearestVisible = (tree: readonly (readonly [number | null, boolean])[], start: number) => {
  const visible: string[] = []
  const seen = new Set([start])
  for (let at = tree[start]?.[0] ?? null; at !== null && at < tree.length; at = tree[at]?.[0] ?? null) {
    if (tree[at]?.[1] === false) visible.push(`n${at}`)
    if (seen.has(at)) return [...visible, undefined]
    seen.add(at)
  }
  return [visible[0]]
}

test('[IM3] the same file gives the same plan; another workspace or persona gets other ids', {
  timeout: 60_000,
}, () => {
  fc.assert(
    fc.property(trees, (tree) => {
      const [one, two] = [exportOf(tree), exportOf(tree)].map((source) => personaOf(source))
      expect(two).toEqual(one)
      const other = personaOf(exportOf(tree), { intoPersonaId: 'p9' })
      const ids = new Set(one?.messages.map(({ messageId }) => messageId))
      expect(other.messages.filter(({ messageId }) => ids.has(messageId))).toEqual([])
    }),
    seeded(100),
  )
})

test('[IM5] the text of a message is measured as conversations measure it', { timeout: 60_000 }, () => {
  const text = fc.nat({ max: 40_000 }).map((length) => '漢'.repeat(length))
  const part = fc.oneof(
    text.map((it) => ({ type: 'text', text: it })),
    text.map((it) => ({ type: 'code', language: '', code: it, filename: 'a.ts' })),
    text.map((it) => ({ type: 'toolCall', toolCallId: 'c', name: it, input: {} })),
    text.map((it) => ({ type: 'toolResult', toolCallId: 'c', output: it })),
    text.map((it) => ({ type: 'file', attachmentId: 'f', name: it })),
    text.map((it) => ({ type: 'image', url: 'x', alt: it })),
    text.map((it) => ({ type: 'hologram', text: it })),
  )
  fc.assert(
    fc.property(fc.array(part, { maxLength: 7 }), (parts) => {
      const length = characterCount(textOfParts(parts))
      const tooLong = length > 100_000 ? `It has ${length} characters; a message has at most 100000.` : undefined
      const reason = reasonAgainstParts(parts)
      expect(reason?.includes('characters') ? reason : undefined).toBe(tooLong)
    }),
    seeded(200),
  )
})

test('[IM16] every event is less than 200 kB, parents come first, and nothing is lost between two events', {
  timeout: 60_000,
}, () => {
  const lengths = fc.array(fc.nat({ max: 60_000 }), { minLength: 1, maxLength: 30 })
  fc.assert(
    fc.property(lengths, fc.constantFrom('x', 'é', '漢', '😀', '"'), (sizes, letter) => {
      const nodes = sizes.map((size, index) => {
        const parent = index === 0 ? null : `n${index - 1}`
        return [`n${index}`, parent, letter.repeat(Math.min(size, 40_000) + 1)] as const
      })
      const persona = personaOf([conversationOf(nodes)])
      const events = [...importEvents(persona, 'i1', stamp)]
      expect(events.map(({ name }) => name).slice(0, 2)).toEqual(['v1.PersonaCreated', 'v1.ConversationsImported'])
      const batches = events.flatMap(({ args }) => ('messages' in args ? [args.messages] : []))
      for (const [index, event] of events.entries()) {
        const isLoneMessage = 'messages' in event.args && event.args.messages.length === 1
        const limit = isLoneMessage ? 900_000 : 200_000
        expect(Buffer.byteLength(JSON.stringify(event)), `event ${index}`).toBeLessThan(limit)
      }
      expect(batches.flat()).toEqual(persona.messages)
    }),
    seeded(30),
  )
})
