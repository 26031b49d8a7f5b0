import { Option, Schema } from 'effect'
import type { Stamp } from '#schema/shared/stamp.ts'
import { recall } from '#schema/stores/recall.ts'
import type { ModelTool } from '#web/services/models/model-call.ts'
import { selectFrom } from './asked.ts'
import type { PersonaReads } from './engine-options.ts'

const Input = Schema.Struct({ query: Schema.String })
const decode = Schema.decodeUnknownOption(Input)

/** The tool by which a model looks into what the persona remembers, and which memories it was given by it. */
export const searchMemories = (store: PersonaReads, stampNow: () => Stamp) => {
  const found = new Set<string>()
  const tool: ModelTool = {
    name: 'search_memories',
    description:
      'Searches what you remember: your memories, and earlier conversations with this person. Use it before you say that you do not know something about them or the past.',
    inputSchema: {
      type: 'object',
      properties: { query: { type: 'string', description: 'A few words: names, places, things.' } },
      required: ['query'],
      additionalProperties: false,
    },
    run: async (input) => {
      const given = decode(input)
      if (Option.isNone(given)) return { error: 'Say what to look for: { "query": "a few words" }.' }
      const recalled = recall(given.value.query, selectFrom(store), { limit: 5, now: stampNow().at })
      for (const { id, kind } of recalled) if (kind === 'memory') found.add(id)
      return recalled.map(({ kind, quote, at, said }) => ({
        source: said === null ? kind : `${said.role === 'assistant' ? 'you' : 'the person'} in “${said.title}”`,
        date: at.toISOString().slice(0, 10),
        text: quote,
      }))
    },
  }
  return { tool, found: (): readonly string[] => [...found] }
}
