import { sha256 } from '@noble/hashes/sha2.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { idFromBytes, namesOfActor, textOfNames } from './ids.ts'

/** The same id for the same names, on every device: what is imported twice gets the same ids twice. */
export const idFromNames = (...names: readonly string[]): string => idFromBytes(sha256(utf8ToBytes(textOfNames(names))))

export const actorIdOf = (workspaceId: string): string => idFromNames(...namesOfActor(workspaceId))
