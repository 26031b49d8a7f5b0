import { render } from '@testing-library/react'
import * as fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { blocksOf } from '#web/ui/markdown/blocks.ts'
import { RenderedMarkdown } from '#web/ui/markdown/rendered-markdown.tsx'

const read = vi.hoisted(() => [] as string[])

vi.mock('react-markdown', () => ({
  default: ({ children }: { readonly children: string }) => {
    read.push(children)
    return <p>{children}</p>
  },
}))

const pieces = [
  'Words. ',
  'More.\n',
  '\n',
  '```ts\n',
  'const a = 1\n',
  '```\n',
  '- item\n',
  '1. first\n',
  '  under it\n',
  '# Head\n',
  '~~~\n',
  '> quote\n',
  '<!-- note\n',
]
const anyMarkdown = fc.array(fc.constantFrom(...pieces), { maxLength: 30 })

test('[TK50] the blocks of a text are the text, and those before the last stay as it grows', () => {
  fc.assert(
    fc.property(anyMarkdown, fc.constantFrom(...pieces), (parts, next) => {
      const text = parts.join('')
      const blocks = blocksOf(text)
      expect(blocks.join('')).toBe(text)
      expect(blocksOf(text + next).slice(0, Math.max(0, blocks.length - 1))).toEqual(blocks.slice(0, -1))
    }),
    { numRuns: 500 },
  )
})

test('[TK50] a fence, a list, what stands under its items, and HTML that goes on are not cut', () => {
  expect(blocksOf('One.\n\n```\na\n\nb\n```\n\nTwo.')).toEqual(['One.\n\n', '```\na\n\nb\n```\n\n', 'Two.'])
  expect(blocksOf('- a\n\n- b\n\n  more\n\nEnd.')).toEqual(['- a\n\n- b\n\n  more\n\n', 'End.'])
  expect(blocksOf('One.\n\n<!-- a\n\nb -->\n\nTwo.')).toEqual(['One.\n\n', '<!-- a\n\nb -->\n\nTwo.'])
})

const paragraphs = Array.from({ length: 200 }, (_, n) => `Paragraph ${n} of some words.\n\n`).join('')

test('[TK50] only the last block is read again while a text of many grows by many pieces', () => {
  const { rerender } = render(<RenderedMarkdown text={paragraphs} isGrowing />)
  read.length = 0
  let grown = paragraphs
  for (let n = 0; n < 50; n++) {
    grown += `word${n} `
    rerender(<RenderedMarkdown text={grown} isGrowing />)
  }
  expect(read.length).toBeLessThanOrEqual(51)
})

test('[CH50] of a text that has grown up nothing is read or drawn again', () => {
  const { rerender, container } = render(<RenderedMarkdown text={`${paragraphs}End.`} isGrowing />)
  const drawn = [...container.querySelectorAll('p')]
  read.length = 0
  rerender(<RenderedMarkdown text={`${paragraphs}End.`} isGrowing={false} />)
  expect(read).toEqual([])
  expect([...container.querySelectorAll('p')]).toEqual(drawn)
})
