const formats = {
  whole: new Intl.NumberFormat(),
  short: new Intl.NumberFormat(undefined, { notation: 'compact', maximumFractionDigits: 1 }),
}

/** Every digit, grouped: 12,345. */
export const wholeNumber = (value: number): string => formats.whole.format(value)

/** Every digit below ten thousand, then 12.3K: exact on hover is the caller's duty. */
export const shortNumber = (value: number): string => (value < 10_000 ? formats.whole : formats.short).format(value)

/** “1 message”, “84 messages”. */
export const counted = (value: number, one: string, many = `${one}s`): string =>
  `${wholeNumber(value)} ${value === 1 ? one : many}`
