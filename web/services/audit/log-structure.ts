import { Option, Schema } from 'effect'
import type { Entry } from '#proof/chain.ts'

/**
 * What an entry shows without its key: all but what it says. Devices, accounts and subjects are counted from 1 in the order
 * they come up in; of a subject nothing else is known than that the same key seals what is about it.
 */
export interface AuditEntry {
  readonly n: number
  /** By the server's clock, in milliseconds since 1970. */
  readonly at: number
  /** Chained later than accepted: nobody knows who sent it. */
  readonly isFound: boolean
  readonly device: number
  /** Null where nobody knows. */
  readonly actor: number | null
  /** Of what is sealed, as it is written. */
  readonly bytes: number
  readonly subjects: readonly number[]
  readonly hash: string
}

export interface LogStructure {
  readonly entries: readonly AuditEntry[]
  /** Ids, by their numbers less one. */
  readonly devices: readonly string[]
  readonly actors: readonly string[]
  readonly subjects: readonly string[]
}

export const makeStructure = () => {
  const entries: AuditEntry[] = []
  const [devices, actors, subjects] = [makeNumbering(), makeNumbering(), makeNumbering()]
  return {
    take: ({ n, acceptedAt, foundAt, device, actor, args, hash }: Entry): void => {
      const keyIds = [...new Set(keyIdsIn(args))]
      entries.push({
        n,
        at: acceptedAt,
        isFound: foundAt !== null,
        device: devices.numberOf(device),
        actor: actor === null ? null : actors.numberOf(actor),
        bytes: args.length,
        subjects: keyIds.map(subjects.numberOf),
        hash,
      })
    },
    structure: (): LogStructure => ({
      entries,
      devices: devices.ids(),
      actors: actors.ids(),
      subjects: subjects.ids(),
    }),
  }
}

const makeNumbering = () => {
  const numbers = new Map<string, number>()
  return {
    numberOf: (id: string): number => {
      const known = numbers.get(id) ?? numbers.size + 1
      numbers.set(id, known)
      return known
    },
    ids: (): readonly string[] => [...numbers.keys()],
  }
}

/** Of the event itself first, then of its parts. What is not sealed as it should be names none. */
const keyIdsIn = (args: string): readonly string[] =>
  Option.match(decode(args), {
    onNone: () => [],
    onSome: ({ keyId, parts = [] }) => [keyId, ...parts.map((part) => part.keyId)],
  })

const Named = Schema.Struct({ keyId: Schema.String })
const decode = Schema.decodeUnknownOption(
  Schema.parseJson(Schema.Struct({ ...Named.fields, parts: Schema.optional(Schema.Array(Named)) })),
)
