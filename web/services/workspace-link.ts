import { Schema } from '@livestore/livestore'
import { workspaceLink } from '#sealing/workspace-link.ts'
import { workspaceKeyOf } from '#web/livestore/keyring.ts'
import { session } from '#web/livestore/session.ts'
import { signIn } from '#web/livestore/sign-in.ts'
import { ask } from './server.ts'

/** A new link that opens this workspace on one other device, once, within ten minutes. */
export const joinLink = async (): Promise<string | Error> => {
  await signIn()
  const answer = await ask('POST', '/api/pairings')
  if (answer instanceof Error) return answer
  return workspaceLink(location.origin, { ...(await workspaceKeyOf(session.workspaceId)), ...decodePairing(answer) })
}

const decodePairing = Schema.decodeUnknownSync(Schema.Struct({ code: Schema.String }))
