import { Schema } from '@livestore/livestore'
import type { Select } from './recall-scan.ts'
import { termsOf } from './recall-words.ts'

export interface Speaker {
  readonly role: 'user' | 'assistant'
  /** As a person reads it: a name, “you” or “the persona”. */
  readonly name: string
}

/**
 * Which side of the conversations a name of the question is. It is learnt from how they address each other: who is
 * called by a name (“Thanks, Ada!”, “Hey Ada”) three times or more, and nearly always by one side, is the other side.
 */
export const speakersIn = (question: string, select: Select): readonly Speaker[] =>
  namesIn(question).flatMap((name): readonly Speaker[] => {
    const calls = decodeCalls(select(callsQuery, vocativesOf(name.toLowerCase())))
    const by = (role: string) => calls.find((it) => it.role === role)?.count ?? 0
    const [user, assistant] = [by('user'), by('assistant')]
    if (user + assistant < 3) return []
    if (user >= 9 * assistant) return [{ role: 'assistant', name }]
    return assistant >= 9 * user ? [{ role: 'user', name }] : []
  })

/** Words with a capital that are no stop words: three letters at least, three names at most. */
const namesIn = (question: string): readonly string[] =>
  [...new Set(question.match(/\p{Lu}\p{L}{2,40}/gu))].filter((word) => termsOf(word).length > 0).slice(0, 3)

/** Patterns of `glob`; a name holds letters only. */
const vocativesOf = (name: string): readonly string[] => [
  `*, ${name}[!.?,]*`,
  `*[!.?] ${name}[!,]*`,
  `hey ${name}[!., ]*`,
  `hi ${name}[!., ]*`,
]

const callsQuery = `
  select m.role, count(*) as count from messageBodies b cross join messages m on m.messageId = b.messageId
  where (b.searchText glob ?1 or b.searchText glob ?2 or b.searchText glob ?3 or b.searchText glob ?4)
    and m.deletedAt is null
  group by m.role`

const decodeCalls = Schema.decodeUnknownSync(Schema.Array(Schema.Struct({ role: Schema.String, count: Schema.Number })))
