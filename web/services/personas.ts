import { archivePersona, createPersona, type PersonaDraft, restorePersona } from '#schema/personas/commands.ts'
import { revisePrivacy } from '#schema/personas/privacy-commands.ts'
import { privacy$ } from '#schema/personas/privacy-queries.ts'
import { persona$ } from '#schema/personas/queries.ts'
import type { Persona, PrivacySettings } from '#schema/personas/state.ts'
import { blankDraft } from '#schema/personas/templates.ts'
import { idFromNames } from '#schema/shared/ids-from-names.ts'
import { importEvents } from '#schema/stores/import-events.ts'
import { wholeMemories$ } from '#schema/stores/persona-export.ts'
import { erasePersona as erase, listPersona, relistPersona, unlistPersona } from '#schema/workspace/commands.ts'
import { firstCell } from '#schema/workspace/placement.ts'
import { type DirectoryEntry, directoryEntry$ } from '#schema/workspace/queries.ts'
import { execute } from '#web/livestore/execute.ts'
import { newId, session, stampNow } from '#web/livestore/session.ts'
import { openPersona, type PersonaStore, type WorkspaceStore } from '#web/livestore/stores.ts'
import { intendedPersonaIds } from './intended-personas.ts'
import { forgetIntent, intentOf, rememberIntent } from './persona-intents.ts'
import { summarize } from './summaries.ts'

/**
 * A persona lives in two stores, and no commit spans both:
 *
 *   check the draft ─► remember the intent ─► list it in the workspace ─► create it in its own store ─► forget the intent
 *
 * A crash anywhere leaves either nothing, or a listed persona that this device completes when it starts again.
 */
export const newPersona = (
  workspace: WorkspaceStore,
  draft: PersonaDraft,
  memoriesFrom: string | null = null,
  privacy?: PrivacySettings,
) => {
  const personaId = newId()
  const refusal = createPersona(personaId, draft, stampNow())
  if (refusal instanceof Error) return refusal
  rememberIntent(personaId, { draft, memoriesFrom, ...(privacy === undefined ? {} : { privacy }) })
  execute(workspace, listPersona({ ...draft, personaId, name: draft.name.trim() }, firstCell, stampNow()))
  return { personaId, completed: openWhole(workspace, personaId) }
}

/** The persona's store, with what this device still owes it. */
const openWhole = async (workspace: WorkspaceStore, personaId: string) => {
  const store = await openPersona(personaId)
  await completePersona(workspace, store, personaId)
  return store
}

/** Goes on, at the start of the page, with the personas whose making an end of the page cut short. */
export const completeIntended = async (workspace: WorkspaceStore) => {
  for (const personaId of intendedPersonaIds()) {
    // Intents of other workspaces wait for theirs.
    if (workspace.query(directoryEntry$(personaId)) !== null) await openWhole(workspace, personaId)
  }
}

/** Does what is left to do for a persona that this device listed. Harmless when nothing is, and when done twice. */
export const completePersona = async (workspace: WorkspaceStore, store: PersonaStore, personaId: string) => {
  const intent = intentOf(personaId)
  const entry = workspace.query(directoryEntry$(personaId))
  // Whoever shared it makes it; here it arrives.
  if (entry?.sharedRole != null) return
  if (store.query(persona$) === null) {
    const draft = intent?.draft ?? draftFromEntry(entry)
    if (draft === undefined) return
    execute(store, createPersona(personaId, draft, stampNow()))
  }
  if (intent === undefined) return
  if (intent.privacy !== undefined)
    execute(store, revisePrivacy(personaId, store.query(privacy$), intent.privacy, stampNow()))
  if (intent.memoriesFrom !== null) await copyMemories(intent.memoriesFrom, store, personaId, intent.draft)
  forgetIntent(personaId)
  summarize(workspace, store, personaId)
}

/** Milliseconds in which whoever listed a persona, an import say, creates it too. */
const patience = 60_000

/** Only the device that listed it knows that nothing more of it is on its way. */
const draftFromEntry = (entry: DirectoryEntry | null): PersonaDraft | undefined => {
  if (entry?.listedByDeviceId !== session.deviceId) return undefined
  if (Date.now() - entry.listedAt.getTime() < patience) return undefined
  return { ...blankDraft, name: entry.name, hue: entry.hue, avatar: entry.avatar }
}

/** Coarse facts with ids made from the old ones: a copy that was cut short goes on where it stopped. */
const copyMemories = async (fromId: string, to: PersonaStore, personaId: string, draft: PersonaDraft) => {
  const from = await openPersona(fromId)
  const memories = from.query(wholeMemories$).map((memory) => ({
    ...memory,
    memoryId: idFromNames(personaId, memory.memoryId),
  }))
  const origin = { format: 'pjai-persona', sourceId: fromId }
  const copy = { personaId, draft, origin, conversations: [], messages: [], memories }
  for (const event of importEvents(copy, idFromNames(personaId, 'copy'), stampNow())) {
    execute(to, event)
    await new Promise((resolve) => setTimeout(resolve))
  }
}

/** With its privacy settings. What was agreed to was said for the one persona, and stays with it. */
export const duplicatePersona = async (workspace: WorkspaceStore, personaId: string, withMemories: boolean) => {
  const store = await openWhole(workspace, personaId)
  const persona = store.query(persona$)
  if (persona === null) return new PersonaStillArriving()
  const name = `${Array.from(persona.name).slice(0, 95).join('')} copy`
  return newPersona(
    workspace,
    { ...draftOfPersona(persona), name },
    withMemories ? personaId : null,
    store.query(privacy$),
  )
}

export const draftOfPersona = ({
  personaId: _id,
  origin: _origin,
  createdAt: _at,
  archivedAt: _archived,
  ...draft
}: Persona) => draft satisfies PersonaDraft

/** Archives or restores; the workspace hears of it at once. */
export const setArchived = async (workspace: WorkspaceStore, personaId: string, archived: boolean) => {
  const store = await openWhole(workspace, personaId)
  const command = archived ? archivePersona : restorePersona
  const refusal = execute(store, command(store.query(persona$), stampNow()))
  if (refusal === undefined) summarize(workspace, store, personaId)
  return refusal
}

export const removePersona = (workspace: WorkspaceStore, personaId: string) =>
  execute(workspace, unlistPersona(workspace.query(directoryEntry$(personaId)), stampNow()))

/** For good. What follows from it is `watchErasures`' to do. */
export const erasePersona = (workspace: WorkspaceStore, personaId: string) =>
  execute(workspace, erase(workspace.query(directoryEntry$(personaId)), newId(), stampNow()))

export const putBackPersona = (workspace: WorkspaceStore, personaId: string) =>
  execute(workspace, relistPersona(personaId, stampNow()))

export class PersonaStillArriving extends Error {
  readonly _tag = 'PersonaStillArriving'
  override readonly message = 'This persona is still arriving from another device. Try again in a moment.'
}
