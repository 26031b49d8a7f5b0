import { queryDb, Schema } from '@livestore/livestore'
import { UsageDay } from './events.ts'

const PersonaUsage = Schema.Struct({
  personaId: Schema.String,
  name: Schema.String,
  /** Whether its last summary told of models at all. */
  isTold: Schema.transform(Schema.Number, Schema.Boolean, {
    decode: (told) => told !== 0,
    encode: Number,
  }),
  ...UsageDay.omit('day').fields,
})
export type PersonaUsage = typeof PersonaUsage.Type

/** What models were asked for each persona in these UTC days, both among them, or for one; the dearest first. No persona's store is opened. */
export const usageByPersona$ = (from: string, to: string, personaId?: string) =>
  queryDb(
    {
      query: `select d.personaId, d.name, coalesce(s.tellsUsage, 0) as isTold, total(u.answers) as answers,
                total(u.promptTokens) as promptTokens, total(u.completionTokens) as completionTokens, total(u.cost) as cost
              from directory d
                left join summaries s on s.personaId = d.personaId
                left join usageDays u on u.personaId = d.personaId and u.day between ?1 and ?2
              where d.unlistedAt is null and d.personaId = coalesce(?3, d.personaId)
              group by d.personaId
              order by cost desc, total(u.promptTokens + u.completionTokens) desc, answers desc, isTold desc,
                d.name collate nocase, d.personaId
              limit 2000`,
      schema: Schema.Array(PersonaUsage),
      bindValues: [from, to, personaId ?? null],
      queriedTables: new Set(['directory', 'summaries', 'usageDays']),
    },
    { label: 'workspace.usageByPersona', deps: [from, to, personaId ?? ''] },
  )

/** As its summary told it last, the newest day first. */
export const knownUsageOf$ = (personaId: string) =>
  queryDb(
    {
      query: `select day, answers, promptTokens, completionTokens, cost from usageDays where personaId = ?
              order by day desc limit 400`,
      schema: Schema.Array(UsageDay),
      bindValues: [personaId],
      queriedTables: new Set(['usageDays']),
    },
    { label: 'workspace.knownUsageOf', deps: [personaId] },
  )
