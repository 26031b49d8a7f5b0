import { Data } from 'effect'

/** A regular expression as a person types it: whatever the case, line by line, over all of Unicode where it can be read so. */
export const patternOf = (source: string): RegExp | PatternUnreadable => {
  const pattern = compiled(source)
  if (!(pattern instanceof Error)) return pattern
  const reason = pattern.message.replace(/^.*: /s, '')
  return new PatternUnreadable({ reason, at: placeOfFault(source), source })
}

/** What was typed is no regular expression. `at` counts characters from 1. */
export class PatternUnreadable extends Data.TaggedError('PatternUnreadable')<{
  readonly reason: string
  readonly at: number
  readonly source: string
}> {
  override get message() {
    const there = String.fromCodePoint(this.source.codePointAt(this.at - 1) ?? 0)
    return `This is no regular expression: ${this.reason.toLowerCase()}, at character ${this.at} (“${there}”).`
  }
}

/** What was written for other tools, `\-` or a lone `{`, is read as they read it. */
const compiled = (source: string): RegExp | Error => {
  try {
    return new RegExp(source, 'imu')
  } catch {
    try {
      return new RegExp(source, 'im')
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error))
    }
  }
}

/** After the longest beginning that could still become one; or where what is never closed was opened. */
const placeOfFault = (source: string): number => {
  for (let length = source.length; length > 0; length--) {
    const start = source.slice(0, length)
    const open = openedIn(start)
    const closed =
      start +
      open
        .toReversed()
        .map(({ by }) => by)
        .join('')
    if (compiled(closed) instanceof Error) continue
    return length === source.length ? (open.at(-1)?.at ?? length) : length + 1
  }
  return 1
}

interface Opened {
  readonly by: ')' | ']'
  readonly at: number
}

/** The groups and classes that are open at the end of this. */
const openedIn = (source: string): readonly Opened[] => {
  const open: Opened[] = []
  for (let index = 0; index < source.length; index++) {
    const character = source[index]
    const isInClass = open.at(-1)?.by === ']'
    if (character === '\\') index++
    else if (isInClass) {
      if (character === ']') open.pop()
    } else if (character === '[') open.push({ by: ']', at: index + 1 })
    else if (character === '(') open.push({ by: ')', at: index + 1 })
    else if (character === ')') open.pop()
  }
  return open
}
