import type { Schema } from '@livestore/livestore'
import { Data } from 'effect'
import { type Stamp, signature } from '#schema/shared/stamp.ts'
import { characterCount } from '#schema/shared/text.ts'
import { type ImportCounts, workspaceEvents } from './events.ts'
import type { DirectoryEntry } from './queries.ts'

export const createWorkspace = (workspaceId: string, name: string, stamp: Stamp) =>
  refuseName(name) ??
  workspaceEvents.workspaceCreated({ workspaceId, name: name.trim(), createdAt: stamp.at, ...signature(stamp) })

export const renameWorkspace = (workspaceId: string, name: string, stamp: Stamp) =>
  refuseName(name) ??
  workspaceEvents.workspaceRenamed({ workspaceId, name: name.trim(), renamedAt: stamp.at, ...signature(stamp) })

export interface Listing {
  readonly personaId: string
  readonly name: string
  readonly hue: number
  readonly avatar: string | null
}

/** A persona enters the directory, with its place. Its own store is written next; until then the name here stands in. */
export const listPersona = ({ personaId, name, hue, avatar }: Listing, cell: string, stamp: Stamp) => [
  workspaceEvents.personaListed({ personaId, name, hue, avatar, listedAt: stamp.at, ...signature(stamp) }),
  workspaceEvents.personaPlaced({
    personaId,
    cell,
    epoch: 1,
    status: 'active',
    placedAt: stamp.at,
    ...signature(stamp),
  }),
]

/** Takes a persona out of the lists. Its log stays, and so it can be put back. */
export const unlistPersona = (entry: DirectoryEntry | null, stamp: Stamp) => {
  if (entry === null) return new PersonaNotListed()
  return workspaceEvents.personaUnlisted({ personaId: entry.personaId, unlistedAt: stamp.at, ...signature(stamp) })
}

export const relistPersona = (personaId: string, stamp: Stamp) =>
  workspaceEvents.personaRelisted({ personaId, relistedAt: stamp.at, ...signature(stamp) })

/** For good: only what is archived or taken out of the lists already, and nothing brings it back. */
export const erasePersona = (entry: DirectoryEntry | null, erasureId: string, stamp: Stamp) => {
  if (entry === null) return new PersonaNotListed()
  if (entry.archivedAt === null && entry.unlistedAt === null) return new PersonaInUse({ personaId: entry.personaId })
  return workspaceEvents.personasErased({
    personaIds: [entry.personaId],
    erasureId,
    erasedAt: stamp.at,
    ...signature(stamp),
  })
}

type Summary = Omit<typeof workspaceEvents.personaSummarized.schema.Type, 'summarizedAt' | 'actorId' | 'deviceId'>

export const summarizePersona = (summary: Summary, stamp: Stamp) =>
  workspaceEvents.personaSummarized({ ...summary, summarizedAt: stamp.at, ...signature(stamp) })

export const recordDevice = (browser: string, platform: string, stamp: Stamp) =>
  workspaceEvents.deviceSeen({ browser, platform, seenAt: stamp.at, ...signature(stamp) })

export interface ImportStart {
  readonly importId: string
  readonly format: string
  readonly fileName: string
  readonly personaIds: readonly string[]
  readonly createdPersonaIds: readonly string[]
}

export const startImport = (start: ImportStart, stamp: Stamp) =>
  workspaceEvents.importStarted({ ...start, startedAt: stamp.at, ...signature(stamp) })

export const finishImport = (importId: string, counts: ImportCounts, stamp: Stamp) =>
  workspaceEvents.importFinished({ importId, counts, finishedAt: stamp.at, ...signature(stamp) })

export const withdrawImport = (importId: string, stamp: Stamp) =>
  workspaceEvents.importWithdrawn({ importId, withdrawnAt: stamp.at, ...signature(stamp) })

export const noteSecretChange = (workspaceId: string, era: number, stamp: Stamp) =>
  workspaceEvents.ownerSecretChanged({ workspaceId, era, changedAt: stamp.at, ...signature(stamp) })

export const choosePreference = (key: string, value: Schema.JsonValue, stamp: Stamp) =>
  workspaceEvents.preferenceChosen({ key, value, chosenAt: stamp.at, ...signature(stamp) })

const refuseName = (name: string) => {
  const length = characterCount(name.trim())
  return length < 1 || length > 100 ? new WorkspaceNameIllegal() : undefined
}

export class WorkspaceNameIllegal extends Data.TaggedError('WorkspaceNameIllegal') {
  override readonly message = 'A workspace name has 1–100 characters.'
}

export class PersonaInUse extends Data.TaggedError('PersonaInUse')<{ readonly personaId: string }> {
  override readonly message = 'Only an archived persona can be erased. Archive it first.'
}

export class PersonaNotListed extends Data.TaggedError('PersonaNotListed') {
  override readonly message = 'This persona is not in this workspace.'
}
