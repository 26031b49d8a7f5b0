import type { AlertRule } from '#schema/health/wire.ts'
import type { Env } from '#sync-worker/env.ts'
import { ensureTables } from '#sync-worker/tables.ts'
import { readRules } from './alert-rules.ts'
import { isAllowedTarget } from './webhook-target.ts'

/** What a webhook answered, or why it was not asked or did not answer. */
export interface Delivered {
  readonly isDelivered: boolean
  readonly status: number | null
  readonly why: string | null
}

/** Tells what is due. Until when the next one waits; infinite if none does. */
export const deliverDue = async (env: Env, now: number): Promise<number> => {
  const { DB } = env
  await ensureTables(DB)
  const { results } = await DB.prepare('SELECT * FROM deliveries WHERE dueAt <= ? ORDER BY dueAt LIMIT 20')
    .bind(now)
    .all<Row>()
  const rules = results.length === 0 ? [] : await readRules(DB)
  await Promise.all(
    results.map(async ({ deliveryId, ruleId, body, failures }) => {
      const rule = rules.find((one) => one.ruleId === ruleId)
      const isDone = rule === undefined || (await deliver(env, rule, body, now)).isDelivered || failures >= mostFailures
      await (isDone
        ? DB.prepare('DELETE FROM deliveries WHERE deliveryId = ?').bind(deliveryId)
        : DB.prepare('UPDATE deliveries SET failures = failures + 1, dueAt = ? WHERE deliveryId = ?').bind(
            now + pauseAfter(failures),
            deliveryId,
          )
      ).run()
    }),
  )
  const next = await DB.prepare('SELECT min(dueAt) AS dueAt FROM deliveries').first<number | null>('dueAt')
  return next ?? Number.POSITIVE_INFINITY
}

/**
 * Posts the body with `X-PJai-Signature: t=<seconds>,v1=<hex>`: HMAC-SHA-256 by the rule's secret over `<seconds>.<body>`.
 * Where it is sent elsewhere, nobody goes.
 */
export const deliver = async (
  env: Env,
  { webhook, secret }: AlertRule,
  body: string,
  now: number,
): Promise<Delivered> => {
  if (webhook === null || secret === null) return failed('This rule has no webhook.')
  if (!isAllowedTarget(webhook, env.WEBHOOK_HOSTS ?? ''))
    return failed(
      'This server does not call that address. Whoever runs it can name more in its variable WEBHOOK_HOSTS.',
    )
  const seconds = Math.floor(now / 1000)
  const signature = `t=${seconds},v1=${await hmacOf(secret, `${seconds}.${body}`)}`
  try {
    const { status } = await fetch(webhook, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-PJai-Signature': signature },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(patience),
    })
    const isDelivered = status >= 200 && status < 300
    return { isDelivered, status, why: isDelivered ? null : `It answered ${status}.` }
  } catch {
    return failed('It does not answer.')
  }
}

const failed = (why: string): Delivered => ({ isDelivered: false, status: null, why })

const hmacOf = async (secret: string, text: string): Promise<string> => {
  const bytes = new TextEncoder()
  const key = await crypto.subtle.importKey('raw', bytes.encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
  ])
  const signed = new Uint8Array(await crypto.subtle.sign('HMAC', key, bytes.encode(text)))
  return [...signed].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Ten seconds, then twice as long each time: the last of eight tries comes after 21 minutes. */
const pauseAfter = (failures: number) => 10_000 * 2 ** failures
const mostFailures = 7
const patience = 10_000

interface Row {
  readonly deliveryId: string
  readonly ruleId: string
  readonly body: string
  readonly failures: number
  readonly dueAt: number
}
