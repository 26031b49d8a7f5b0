import { session, workspaceStoreId } from '#web/livestore/session.ts'
import { signIn } from '#web/livestore/sign-in.ts'
import { signInByEmail } from './account.ts'
import { accountWorkspaces } from './account-workspaces.ts'
import { signInByPasskey } from './passkeys.ts'
import { ask } from './server.ts'
import { enterWorkspace } from './workspaces.ts'

/**
 * Signs this device in to an account and shows its workspace. To be let in is one thing, to read another: the keys are on
 * the person's devices alone. `locked`: the account is here, and nothing on this device opens what it has.
 */
export const comeBackByEmail = (email: string, password: string) =>
  comeBack(async () => (await signInByEmail(email, password)) ?? [])

export const comeBackByPasskey = () => comeBack(signInByPasskey)

/** `enter` gives the workspaces whose keys it brought along. */
const comeBack = async (enter: () => Promise<readonly string[] | Error>): Promise<'locked' | Error | undefined> => {
  await signIn()
  await ask('GET', `/api/stores/${workspaceStoreId}`) // claimed, so that it is known to be our own
  const before = await accountWorkspaces()
  if (before instanceof Error) return before
  const opened = await enter()
  if (opened instanceof Error) return opened
  const now = await accountWorkspaces()
  if (now instanceof Error) return now
  const gained = now.filter(({ workspaceId }) => before.every((known) => known.workspaceId !== workspaceId))
  const shown = opened[0] ?? gained.find(({ opensHere }) => opensHere)?.workspaceId
  if (shown === undefined && gained.length > 0) return 'locked'
  enterWorkspace(shown ?? session.workspaceId)
  return undefined
}
