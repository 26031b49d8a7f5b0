/**
 * When to ask again, in milliseconds from `now`: by `Retry-After` in seconds or as a date, or by when the limit that is
 * used up starts anew (OpenAI: `1m30s`, `20ms`; Anthropic: a time).
 */
export const retryAfterOf = (headers: Headers, now: number): number | undefined => {
  const after = headers.get('Retry-After')
  if (after !== null) {
    const seconds = Number(after)
    return Number.isFinite(seconds) ? Math.max(0, seconds * 1000) : untilTime(after, now)
  }
  for (const kind of ['requests', 'tokens']) {
    const openAi = [headers.get(`x-ratelimit-remaining-${kind}`), headers.get(`x-ratelimit-reset-${kind}`)] as const
    if (openAi[0] === '0' && openAi[1] !== null) return spanOf(openAi[1])
    const anthropic = [
      headers.get(`anthropic-ratelimit-${kind}-remaining`),
      headers.get(`anthropic-ratelimit-${kind}-reset`),
    ] as const
    if (anthropic[0] === '0' && anthropic[1] !== null) return untilTime(anthropic[1], now)
  }
  return undefined
}

const untilTime = (text: string, now: number): number | undefined => {
  const time = Date.parse(text)
  return Number.isNaN(time) ? undefined : Math.max(0, time - now)
}

const spanOf = (text: string): number | undefined => {
  const spans = [...text.matchAll(/([\d.]+)(ms|s|m|h)/g)]
  if (spans.length === 0) return undefined
  return spans.reduce((sum, [, amount, unit]) => sum + Number(amount) * (milliseconds[unit ?? ''] ?? 0), 0)
}

const milliseconds: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }
