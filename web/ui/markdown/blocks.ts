/**
 * A Markdown text in pieces that can be read one by one: cut at blank lines, but not within a fence of code, not before
 * what goes on with a list or stands indented, and not after HTML that may go on. Put together they are the text again.
 */
export const blocksOf = (text: string): readonly string[] => {
  const blocks: string[] = []
  let block = ''
  let fence: string | undefined
  let wasBlank = false
  let isHtml = false
  for (const line of text.split(/(?<=\n)/)) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1]
    const isBlank = line.trim() === ''
    if (fence === undefined && !isHtml && wasBlank && !isBlank && !goesOn.test(line)) {
      blocks.push(block)
      block = ''
    }
    if (mark !== undefined) {
      if (fence === undefined) fence = mark
      else if (mark.startsWith(fence) && line.trim() === mark) fence = undefined
    }
    if (fence === undefined && htmlThatGoesOn.test(line)) isHtml = true
    block += line
    wasBlank = isBlank
  }
  return block === '' ? blocks : [...blocks, block]
}

/** The blocks of a text that is whole: one, where a definition may be meant by another block. */
export const blocksOfWhole = (text: string): readonly string[] =>
  text === '' ? [] : text.includes(']:') ? [text] : blocksOf(text)

/** An item of a list, or what stands indented under one. */
const goesOn = /^(?:\s|[-*+]\s|\d+[.)]\s)/

/** HTML that a blank line does not end. */
const htmlThatGoesOn = /^[\s>*+\-\d.)]*<(?:script|pre|style|textarea|[!?])/i
