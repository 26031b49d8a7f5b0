import { IllegalStoreId, parseStoreId } from '#schema/stores/store-id.ts'
import { unlistPersona } from '#schema/workspace/commands.ts'
import { directoryEntry$ } from '#schema/workspace/queries.ts'
import { PersonaIsYourOwn, receivePersona } from '#schema/workspace/share-commands.ts'
import { receivedSharesOf$ } from '#schema/workspace/share-queries.ts'
import { ShareBroken, type ShareLink } from '#sealing/share-link.ts'
import { execute } from '#web/livestore/execute.ts'
import { type GivenShare, lookAtLink, openLink } from '#web/livestore/given-shares.ts'
import { keepGivenKeys } from '#web/livestore/keyring.ts'
import { removeFromDevice } from '#web/livestore/recovery.ts'
import { stampNow } from '#web/livestore/session.ts'
import { personaStoreId, type WorkspaceStore } from '#web/livestore/stores.ts'

/** What a link would bring into this workspace. */
export interface OfferedPersona extends GivenShare {
  readonly personaId: string
}

/** Looks at what a link leads to; that uses up no opening. */
export const lookAtShare = async (link: ShareLink): Promise<OfferedPersona | Error> => {
  const given = await lookAtLink(link)
  return given instanceof Error ? given : offered(given)
}

/** Opens the link, and puts the persona into the lists of all devices of this workspace. */
export const receiveShare = async (workspace: WorkspaceStore, link: ShareLink): Promise<OfferedPersona | Error> => {
  const given = await openLink(link)
  if (given instanceof Error) return given
  const persona = offered(given)
  if (persona instanceof Error) return persona
  const { personaId, shareId, content, right } = persona
  const { name, hue } = content
  const entry = workspace.query(directoryEntry$(personaId))
  const refusal = execute(
    workspace,
    receivePersona(entry, { ...link, shareId, personaId, name, hue, role: right.role }, stampNow()),
  )
  if (refusal !== undefined) return refusal
  await keepGivenKeys(given, link)
  return persona
}

const offered = (given: GivenShare): OfferedPersona | Error => {
  if (given.right.role === 'owner') return new PersonaIsYourOwn()
  const name = parseStoreId(given.right.storeId)
  if (name instanceof IllegalStoreId || name.kind !== 'persona') return new ShareBroken()
  return { ...given, personaId: name.id }
}

/** Why a persona is shared no more, by the server's word on the link it came by. Nothing: it can be opened again. */
export const whyEnded = async (workspace: WorkspaceStore, personaId: string): Promise<Error | undefined> => {
  const [link] = workspace.query(receivedSharesOf$(personaId))
  const given = link === undefined ? new ShareBroken() : await lookAtLink(link)
  return given instanceof Error ? given : undefined
}

/** Opens the link again by which the persona came. */
export const openAgain = async (workspace: WorkspaceStore, personaId: string): Promise<Error | undefined> => {
  const [link] = workspace.query(receivedSharesOf$(personaId))
  const given = link === undefined ? new ShareBroken() : await openLink(link)
  if (given instanceof Error) return given
  if (link !== undefined) await keepGivenKeys(given, link)
  return undefined
}

/** Takes another person's persona out of the lists, and what this device holds of it off the device. */
export const forgetPersona = async (workspace: WorkspaceStore, personaId: string): Promise<Error | undefined> => {
  const refusal = execute(workspace, unlistPersona(workspace.query(directoryEntry$(personaId)), stampNow()))
  if (refusal !== undefined) return refusal
  await removeFromDevice(personaStoreId(personaId))
  const { forgetShardInSearch } = await import('./search/forget.ts')
  await forgetShardInSearch(personaStoreId(personaId))
  return undefined
}
