import { uptimeOf } from '#schema/health/state.ts'
import { HealthSettings, type HealthState } from '#schema/health/wire.ts'
import { answer, bodyOf, type Call, isoOf } from '#sync-worker/api-call.ts'
import { mayOperate } from '#sync-worker/operators.ts'
import { refuse } from '#sync-worker/refuse.ts'
import { ensureTables } from '#sync-worker/tables.ts'
import { deskOf } from './desk-of.ts'
import { readFigures } from './figures.ts'
import { changeSettings, readChanges, readSettings } from './settings.ts'
import { readStores } from './store-rows.ts'

/** `GET /api/health/cells`: states and uptime of all, and what is held there: by all for whoever operates, else by this account. */
export const listCellHealth = async ({ env, session, now }: Call): Promise<Response> => {
  await ensureTables(env.DB)
  await deskOf(env).begin()
  const isOperator = await mayOperate(env, session)
  const figures = await readFigures(env, isOperator ? null : session.accountId, now)
  const { results } = await env.DB.prepare(
    `SELECT cellId, max(at) AS at, state, total(state = 'healthy') AS healthy, total(state = 'degraded') AS degraded,
       total(state = 'down') AS down
     FROM healthChecks WHERE at > ? GROUP BY cellId`,
  )
    .bind(now - day)
    .all<Checks>()
  const { checkEveryMinutes } = await readSettings(env.DB)
  const cells = figures.map(({ lastError, ...cell }) => {
    const checks = results.find(({ cellId }) => cellId === cell.cellId)
    const isCurrent = checks !== undefined && now - checks.at <= 3 * checkEveryMinutes * 60_000
    return {
      ...cell,
      state: isCurrent ? checks.state : ('unknown' as const),
      lastError: lastError === null ? null : { ...lastError, at: isoOf(lastError.at) },
      uptime: checks === undefined ? null : uptimeOf(checks),
      checkedAt: checks === undefined ? null : isoOf(checks.at),
    }
  })
  return answer({ mayOperate: isOperator, cells })
}

/** `GET /api/health/stores` */
export const listStoreHealth = async ({ env, session, now }: Call): Promise<Response> => {
  await ensureTables(env.DB)
  return answer({ stores: await readStores(env.DB, session.accountId, await mayOperate(env, session), now) })
}

/** `GET /api/health/settings` */
export const showSettings = async ({ env }: Call): Promise<Response> => answer(await readSettings(env.DB))

/** `PUT /api/health/settings` */
export const putSettings = async ({ request, env, session, now }: Call): Promise<Response> => {
  if (!(await mayOperate(env, session))) return refuse('MayNotOperate')
  const settings = await bodyOf(request, HealthSettings)
  if (settings instanceof Response) return settings
  await ensureTables(env.DB)
  await changeSettings(env.DB, settings, session.accountId, now)
  await deskOf(env).lookBy(now + settings.checkEveryMinutes * 60_000)
  return answer(settings)
}

/** `GET /api/health/settings/changes` */
export const listSettingsChanges = async ({ env, session }: Call): Promise<Response> => {
  if (!(await mayOperate(env, session))) return refuse('MayNotOperate')
  await ensureTables(env.DB)
  const changes = await readChanges(env.DB, 100)
  return answer({
    changes: changes.map(({ at, changedBy: by, ...settings }) => ({ at: isoOf(at), by, settings })),
  })
}

const day = 24 * 3_600_000

interface Checks {
  readonly cellId: string
  readonly at: number
  readonly state: HealthState
  readonly healthy: number
  readonly degraded: number
  readonly down: number
}
