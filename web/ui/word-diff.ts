export interface Change {
  readonly kind: 'same' | 'added' | 'removed'
  readonly text: string
}

/**
 * What became of a text, word by word: the longest common subsequence of its words and gaps. Beyond a million pairs of
 * words what differs in the middle is shown as replaced whole.
 */
export const wordDiff = (before: string, after: string): readonly Change[] => {
  const old = before.match(pieces) ?? []
  const now = after.match(pieces) ?? []
  let start = 0
  while (start < old.length && start < now.length && old[start] === now[start]) start++
  let end = 0
  while (end < old.length - start && end < now.length - start && old.at(-1 - end) === now.at(-1 - end)) end++
  const tail = old.slice(old.length - end)
  const middle = middleDiff(old.slice(start, old.length - end), now.slice(start, now.length - end))
  return joined([...same(old.slice(0, start)), ...middle, ...same(tail)])
}

const pieces = /\s+|[\p{L}\p{M}\p{N}]+|[^\s\p{L}\p{M}\p{N}]/gu

const same = (words: readonly string[]) => words.map((text): Change => ({ kind: 'same', text }))

const middleDiff = (old: readonly string[], now: readonly string[]): readonly Change[] => {
  if (old.length * now.length > 1_000_000) {
    return [
      { kind: 'removed', text: old.join('') },
      { kind: 'added', text: now.join('') },
    ]
  }
  // lengths[i][j]: how many words the rest of `old` from i and the rest of `now` from j have in common.
  const lengths = Array.from({ length: old.length + 1 }, () => new Uint32Array(now.length + 1))
  const common = (i: number, j: number) => lengths[i]?.[j] ?? 0
  for (let i = old.length - 1; i >= 0; i--) {
    const row = lengths[i]
    if (row === undefined) continue
    for (let j = now.length - 1; j >= 0; j--) {
      row[j] = old[i] === now[j] ? common(i + 1, j + 1) + 1 : Math.max(common(i + 1, j), common(i, j + 1))
    }
  }
  const changes: Change[] = []
  let i = 0
  let j = 0
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      changes.push({ kind: 'same', text: old[i++] ?? '' })
      j++
    } else if (j >= now.length || (i < old.length && common(i + 1, j) >= common(i, j + 1))) {
      changes.push({ kind: 'removed', text: old[i++] ?? '' })
    } else {
      changes.push({ kind: 'added', text: now[j++] ?? '' })
    }
  }
  return changes
}

const joined = (changes: readonly Change[]): readonly Change[] => {
  const result: Change[] = []
  for (const change of changes) {
    const last = result.at(-1)
    if (last?.kind === change.kind) result[result.length - 1] = { kind: last.kind, text: last.text + change.text }
    else if (change.text !== '') result.push(change)
  }
  return result
}
