/**
 * How much each device may send, decided without a clock of its own. A bucket holds `burst` tokens, gets `perSecond` new
 * ones, and gives one to each message; when it is empty the answer is no.
 *
 *     burst ┤████▇▆▅▃▂▁            ▁▂▃▄▅▆▇████
 *         0 ┤          ░░ refused ░
 */
export interface Limit {
  readonly burst: number
  readonly perSecond: number
}

export const makeRateLimit = ({ burst, perSecond }: Limit) => {
  const buckets = new Map<string, { readonly tokens: number; readonly at: number }>()

  const forgetFull = (now: number) => {
    for (const [key, { tokens, at }] of buckets)
      if (tokens + ((now - at) / 1000) * perSecond >= burst) buckets.delete(key)
  }

  return {
    /** Whether one more message of this sender is taken, `now` in milliseconds. */
    takes: (sender: string, now: number): boolean => {
      const { tokens, at } = buckets.get(sender) ?? { tokens: burst, at: now }
      const held = Math.min(burst, tokens + (Math.max(0, now - at) / 1000) * perSecond)
      if (buckets.size >= maxSenders && !buckets.has(sender)) forgetFull(now)
      buckets.set(sender, { tokens: held >= 1 ? held - 1 : held, at: now })
      return held >= 1
    },
  }
}

const maxSenders = 1000
