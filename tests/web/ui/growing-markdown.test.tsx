import { render } from '@testing-library/react'
import * as fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { blocksOf } from '#web/ui/markdown/blocks.ts'
import { GrowingBlocks } from '#web/ui/markdown/growing-blocks.tsx'

const rendered = vi.hoisted(() => [] as string[])

vi.mock('#web/ui/markdown/rendered-markdown.tsx', () => ({
  RenderedMarkdown: ({ text }: { readonly text: string }) => {
    rendered.push(text)
    return <p>{text}</p>
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

test('[TK50] a fence, a list and what stands under its items are not cut', () => {
  expect(blocksOf('One.\n\n```\na\n\nb\n```\n\nTwo.')).toEqual(['One.\n\n', '```\na\n\nb\n```\n\n', 'Two.'])
  expect(blocksOf('- a\n\n- b\n\n  more\n\nEnd.')).toEqual(['- a\n\n- b\n\n  more\n\n', 'End.'])
})

test('[TK50] only the last block is read again while a text of many grows by many pieces', () => {
  const text = Array.from({ length: 200 }, (_, n) => `Paragraph ${n} of some words.\n\n`).join('')
  const { rerender } = render(<GrowingBlocks text={text} />)
  rendered.length = 0
  let grown = text
  for (let n = 0; n < 50; n++) {
    grown += `word${n} `
    rerender(<GrowingBlocks text={grown} />)
  }
  expect(rendered.length).toBeLessThanOrEqual(51)
})
