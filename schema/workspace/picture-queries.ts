import { queryDb, Schema } from '@livestore/livestore'

const KnownPicture = Schema.Struct({
  personaId: Schema.String,
  attachmentId: Schema.String,
  addedAt: Schema.DateFromNumber,
})
export type KnownPicture = typeof KnownPicture.Type

/** The newest pictures of all personas, or of one, as the summaries tell; at most `limit`. No persona's store is opened. */
export const knownPictures$ = (personaId: string | undefined, limit: number) =>
  queryDb(
    {
      query: `select p.personaId, p.attachmentId, p.addedAt from newestPictures p
              where p.personaId = coalesce(?1, p.personaId)
                and p.personaId not in (select personaId from directory where unlistedAt is not null)
              order by p.addedAt desc, p.attachmentId desc limit ${limit}`,
      schema: Schema.Array(KnownPicture),
      bindValues: [personaId ?? null],
      queriedTables: new Set(['newestPictures', 'directory']),
    },
    { label: 'workspace.knownPictures', deps: [personaId ?? '', limit] },
  )

/** As a summary told it last. */
export const knownPicturesOf$ = (personaId: string) =>
  queryDb(
    {
      query: `select personaId, attachmentId, addedAt from newestPictures where personaId = ?
              order by addedAt desc, attachmentId desc limit 100`,
      schema: Schema.Array(KnownPicture),
      bindValues: [personaId],
      queriedTables: new Set(['newestPictures']),
    },
    { label: 'workspace.knownPicturesOf', deps: [personaId] },
  )

const PicturedPersona = Schema.Struct({
  personaId: Schema.String,
  name: Schema.String,
  hue: Schema.Number,
  avatar: Schema.NullOr(Schema.String),
  pictures: Schema.Number,
})
export type PicturedPersona = typeof PicturedPersona.Type

/** The personas that have pictures, by name. */
export const picturedPersonas$ = queryDb(
  {
    query: `select d.personaId, d.name, d.hue, d.avatar, s.pictures from summaries s
            join directory d on d.personaId = s.personaId
            where s.pictures > 0 and d.unlistedAt is null order by d.name collate nocase, d.personaId limit 2000`,
    schema: Schema.Array(PicturedPersona),
    queriedTables: new Set(['summaries', 'directory']),
  },
  { label: 'workspace.picturedPersonas' },
)
