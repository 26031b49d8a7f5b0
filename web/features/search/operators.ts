/** What narrows a search, as one types it, and in words. */
export const operators = [
  { operator: 'from:', says: 'Who said it: a persona, or me', example: 'from:me' },
  { operator: 'persona:', says: 'With one persona alone', example: 'persona:zoe' },
  { operator: 'in:', says: 'Conversations whose title holds this', example: 'in:"Harbour walks"' },
  { operator: 'kind:', says: 'Messages, memories, or memories of a kind', example: 'kind:memory, kind:fact' },
  { operator: 'has:', says: 'What holds an image, a link, code or a file', example: 'has:image' },
  { operator: 'before:', says: 'Earlier than a year, a month or a day', example: 'before:2026-03' },
  { operator: 'after:', says: 'From a day on, or the last days', example: 'after:7d' },
] as const

/** What else one can type. */
export const otherMarks = [
  { example: '"green tea"', says: 'These words, in this order' },
  { example: 'cin*', says: 'Words that begin so' },
  { example: '-coffee', says: 'Without this' },
] as const
