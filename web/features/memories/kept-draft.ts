import { Either, Schema } from 'effect'
import type { MemoryDraft } from '#schema/memories/commands.ts'

/** A memory someone began to write, kept by persona until it is saved or given up: it survives a reload. */
const Draft = Schema.parseJson(
  Schema.Struct({
    content: Schema.String,
    importance: Schema.Finite,
    kind: Schema.String,
    tags: Schema.Array(Schema.String),
    occurredAt: Schema.Date,
  }),
)

const keyOf = (personaId: string): string => `pjai.memoryDraft.${personaId}`

export const keptDraft = (personaId: string): MemoryDraft | null =>
  Either.getOrNull(Schema.decodeUnknownEither(Draft)(localStorage.getItem(keyOf(personaId))))

export const keepDraft = (personaId: string, draft: MemoryDraft) => {
  try {
    localStorage.setItem(keyOf(personaId), Schema.encodeSync(Draft)(draft))
  } catch {
    // No room: the form still holds it.
  }
}

export const dropDraft = (personaId: string) => localStorage.removeItem(keyOf(personaId))
