/**
 * A Markdown text in pieces that can be read one by one: cut at blank lines, but not within a fence of code, and not
 * before what goes on with a list or stands indented. Put together they are the text again.
 */
export const blocksOf = (text: string): readonly string[] => {
  const blocks: string[] = []
  let block = ''
  let fence: string | undefined
  let wasBlank = false
  for (const line of text.split(/(?<=\n)/)) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1]
    const isBlank = line.trim() === ''
    if (fence === undefined && wasBlank && !isBlank && !goesOn.test(line)) {
      blocks.push(block)
      block = ''
    }
    if (mark !== undefined) {
      if (fence === undefined) fence = mark
      else if (mark.startsWith(fence) && line.trim() === mark) fence = undefined
    }
    block += line
    wasBlank = isBlank
  }
  return block === '' ? blocks : [...blocks, block]
}

/** An item of a list, or what stands indented under one. */
const goesOn = /^(?:\s|[-*+]\s|\d+[.)]\s)/
