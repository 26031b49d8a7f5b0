/** `812 tokens`. */
export const asTokens = (tokens: number): string => `${whole.format(tokens)} ${tokens === 1 ? 'token' : 'tokens'}`

/** US dollars, to the first digits that say something. */
export const asCost = (dollars: number): string =>
  dollars === 0 ? '$0' : (dollars < 0.01 ? small : large).format(dollars)

/** Milliseconds as `3.2 s`, or `2 min 5 s`. */
export const asSeconds = (ms: number): string =>
  ms < 60_000 ? `${tenth.format(ms / 1000)} s` : `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`

const whole = new Intl.NumberFormat()
const tenth = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 })
const dollars = { style: 'currency', currency: 'USD' } as const
const small = new Intl.NumberFormat(undefined, { ...dollars, maximumSignificantDigits: 2 })
const large = new Intl.NumberFormat(undefined, dollars)
