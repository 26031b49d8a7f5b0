import { resolve } from 'node:path'
import { type ParseArgsConfig, parseArgs } from 'node:util'
import { isId } from '#schema/shared/ids.ts'
import { type StoreKind, storeIdFor } from '#schema/stores/store-id.ts'
import { type Invitation, invitationIn } from '#sealing/workspace-link.ts'
import { Problem } from './problem.ts'

/** Node's own parser; what it does not know ends with a sentence and exit code 2. */
export const parsed = <T extends NonNullable<ParseArgsConfig['options']>>(args: readonly string[], options: T) => {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
  } catch (error) {
    throw new Problem(error instanceof Error ? error.message : String(error), 'usage')
  }
}

/** npm starts us in the project's folder; paths are meant from where npm was called. */
export const pathFrom = (path: string): string =>
  resolve(process.env.npm_lifecycle_event === 'pjai' ? (process.env.INIT_CWD ?? '.') : '.', path)

/** `http://host:port`, no slash at the end. */
export const serverFrom = (server: string | undefined): string => {
  if (server === undefined) throw new Problem('Say which server: --server http://127.0.0.1:8787', 'usage')
  const url = URL.canParse(server) ? new URL(server) : undefined
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw new Problem(`“${server}” is not the address of a server, such as http://127.0.0.1:8787.`, 'usage')
  }
  return url.origin
}

export const idFrom = (id: string, what: string): string => {
  if (isId(id)) return id
  throw new Problem(`“${String(id)}” is not the id of a ${what}: 1–40 lowercase letters and digits.`, 'usage')
}

/** The link to a workspace, or what stands behind its #. */
export const invitationFrom = (link: string): Invitation => {
  const invitation = invitationIn(link)
  if (invitation !== undefined) return invitation
  throw new Problem('That is no link to a workspace, or not all of it: in the app, Settings shows it.', 'usage')
}

/** What the log of a workspace or a persona is called. */
export const storeNameOf = (kind: StoreKind, id: string): string => {
  const storeId = storeIdFor(kind, id)
  if (storeId instanceof Error) throw new Problem(storeId.message)
  return storeId
}
