import type { Env } from '#sync-worker/env.ts'

export const deskOf = (env: Env) => env.HEALTH_DESK.getByName('desk')
