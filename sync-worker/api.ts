import { idFromBytes } from '#schema/shared/ids.ts'
import { keepPasskeyKeyring, removePasskey, showAccount } from './accounts/account.ts'
import { authenticate } from './accounts/auth-request.ts'
import { listDevices, revokeDevice } from './accounts/devices.ts'
import { eraseAccount } from './accounts/erase-account.ts'
import { createPairing, usePairing } from './accounts/pairings.ts'
import { keepRecovery, showRecovery, useRecovery } from './accounts/recoveries.ts'
import { changeSecret, keepRecipient, listSecretChanges } from './accounts/secret-changes.ts'
import { noteSeen, sessionOf } from './accounts/session.ts'
import type { Call } from './api-call.ts'
import { deleteBlob, getBlob, hasBlob, putBlob } from './blobs.ts'
import { readLog } from './chain/log-calls.ts'
import type { Env } from './env.ts'
import { erase, showSigningKey } from './erasing/erase-calls.ts'
import { createFileLink, listFileLinks, putFileLinkChunk, revokeFileLink } from './file-links/file-links.ts'
import { lookAtFileLink, readFileLink, type Visit } from './file-links/open-file-link.ts'
import { deleteRule, listAlerts, listRuleChanges, listRules, putRule, tryRule } from './health/alert-calls.ts'
import {
  listCellHealth,
  listSettingsChanges,
  listStoreHealth,
  putSettings,
  showSettings,
} from './health/health-calls.ts'
import { addKeys, readKeys } from './key-calls.ts'
import { isOwnPage } from './origin.ts'
import { moveAccount } from './placement/account-moves.ts'
import { deleteCell, listCellChanges, listCells, putCell } from './placement/cell-calls.ts'
import { listMoves, rollBackMove, showPlacement, startMove } from './placement/move-calls.ts'
import { listMoveDays } from './placement/move-days.ts'
import { pinStore, unpinStore } from './placement/pin-calls.ts'
import { listAllMoves, listPlacements } from './placement/placement-lists.ts'
import {
  listPolicyChanges,
  planRebalance,
  putPolicy,
  runRebalance,
  showRebalance,
} from './placement/rebalance-calls.ts'
import { wakeRebalancer } from './placement/the-rebalancer.ts'
import { proxy } from './proxy.ts'
import { refuse } from './refuse.ts'
import { lookAtShare, openShare } from './rights/open-share.ts'
import { changeShare, createShare, listShares, revokeShare } from './rights/shares.ts'
import { listAccesses, listStores, noteAccess, showStore } from './rights/store-calls.ts'
import { showTelemetry, takeWaits } from './telemetry/told-waits.ts'

/** `/api/*` but its health: for pages of our own alone, and for devices that are signed in, but for public links. */
export const callApi = async (request: Request, env: Env, context: ExecutionContext): Promise<Response> => {
  const { pathname } = new URL(request.url)
  const isAuth = pathname.startsWith('/api/auth/')
  const found = routes.find(({ pattern }) => pattern.test(pathname))
  const visit = visits[pathname]
  if (found === undefined && visit === undefined && !isAuth) return refuse('NotFound')
  if (!isOwnPage(request)) return refuse('ForeignOrigin')
  if (visit !== undefined)
    return request.method === 'POST'
      ? visit({ request, env, now: Date.now() })
      : refuse('MethodNotAllowed', { Allow: 'POST' })
  if (found === undefined) return authenticate(request, env)

  const call = found.calls[request.method]
  if (call === undefined) return refuse('MethodNotAllowed', { Allow: Object.keys(found.calls).join(', ') })
  const now = Date.now()
  const session = await sessionOf(request, env.DB, now)
  if (session === undefined) return refuse('NotSignedIn')
  context.waitUntil(noteSeen(env.DB, session, now))
  context.waitUntil(wakeRebalancer(env))
  const params = found.pattern.exec(pathname)?.groups ?? {}
  const waitUntil = (work: Promise<unknown>) => context.waitUntil(work)
  return call({ request, env, session, params, now, waitUntil, newId })
}

/** What whoever has the link to a file may ask; the token stands in the body, for addresses are written down. */
const visits: Readonly<Record<string, (visit: Visit) => Promise<Response>>> = {
  '/api/file-links/look': lookAtFileLink,
  '/api/file-links/read': readFileLink,
}

const newId = () => idFromBytes(crypto.getRandomValues(new Uint8Array(16)))

type Calls = Readonly<Record<string, (call: Call) => Promise<Response>>>

const route = (path: string, calls: Calls) => ({
  pattern: new RegExp(`^/api/${path.replaceAll(/:(\w+)/g, '(?<$1>[\\w-]{1,64})')}$`),
  calls,
})

const routes: readonly { readonly pattern: RegExp; readonly calls: Calls }[] = [
  route('account', { GET: showAccount, DELETE: eraseAccount }),
  route('passkeys/:id', { DELETE: removePasskey }),
  route('passkeys/:id/keyring', { PUT: keepPasskeyKeyring }),
  route('devices', { GET: listDevices }),
  route('devices/:id', { DELETE: revokeDevice }),
  route('pairings', { POST: createPairing }),
  route('pairings/use', { POST: usePairing }),
  route('recovery', { GET: showRecovery, PUT: keepRecovery }),
  route('recovery/use', { POST: useRecovery }),
  route('signing-key', { GET: showSigningKey }),
  route('cells', { GET: listCells }),
  route('cells/changes', { GET: listCellChanges }),
  route('cells/:cellId', { PUT: putCell, DELETE: deleteCell }),
  route('placements', { GET: listPlacements }),
  route('moves', { GET: listAllMoves }),
  route('moves/days', { GET: listMoveDays }),
  route('account/moves', { POST: moveAccount }),
  route('rebalance', { GET: showRebalance }),
  route('rebalance/plan', { POST: planRebalance }),
  route('rebalance/policy', { PUT: putPolicy }),
  route('rebalance/changes', { GET: listPolicyChanges }),
  route('rebalance/runs', { POST: runRebalance }),
  route('health/cells', { GET: listCellHealth }),
  route('health/stores', { GET: listStoreHealth }),
  route('health/settings', { GET: showSettings, PUT: putSettings }),
  route('health/settings/changes', { GET: listSettingsChanges }),
  route('alerts', { GET: listAlerts }),
  route('alerts/rules', { GET: listRules }),
  route('alerts/rules/changes', { GET: listRuleChanges }),
  route('alerts/rules/:id', { PUT: putRule, DELETE: deleteRule }),
  route('alerts/rules/:id/test', { POST: tryRule }),
  route('telemetry', { GET: showTelemetry, POST: takeWaits }),
  route('stores', { GET: listStores }),
  route('stores/:storeId', { GET: showStore }),
  route('stores/:storeId/recipients/:id', { PUT: keepRecipient }),
  route('stores/:storeId/secrets', { GET: listSecretChanges, POST: changeSecret }),
  route('stores/:storeId/log', { GET: readLog }),
  route('stores/:storeId/keys', { GET: readKeys, POST: addKeys }),
  route('stores/:storeId/erasures', { POST: erase }),
  route('stores/:storeId/access', { GET: listAccesses, POST: noteAccess }),
  route('stores/:storeId/blobs/:keyId/:blobId', { PUT: putBlob, GET: getBlob, HEAD: hasBlob, DELETE: deleteBlob }),
  route('stores/:storeId/placement', { GET: showPlacement }),
  route('stores/:storeId/pin', { PUT: pinStore, DELETE: unpinStore }),
  route('stores/:storeId/moves', { GET: listMoves, POST: startMove }),
  route('stores/:storeId/moves/:id', { DELETE: rollBackMove }),
  route('stores/:storeId/shares', { GET: listShares, POST: createShare }),
  route('stores/:storeId/shares/:id', { PATCH: changeShare, DELETE: revokeShare }),
  route('stores/:storeId/file-links', { GET: listFileLinks, POST: createFileLink }),
  route('stores/:storeId/file-links/:id', { DELETE: revokeFileLink }),
  route('stores/:storeId/file-links/:id/chunks/:index', { PUT: putFileLinkChunk }),
  route('shares/look', { POST: lookAtShare }),
  route('shares/open', { POST: openShare }),
  {
    pattern: /^\/api\/proxy\/(?<scheme>https?)\/(?<host>[\w.:[\]-]{1,100})\/(?<path>.{1,200})$/,
    calls: { POST: proxy },
  },
]
