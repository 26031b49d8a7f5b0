import { MantineProvider } from '@mantine/core'
import { cleanup, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import * as fc from 'fast-check'
import { renderToStaticMarkup } from 'react-dom/server'
import { afterEach, describe, expect, test, vi } from 'vitest'
import * as blocks from '#web/ui/markdown/blocks.ts'
import { RenderedMarkdown } from '#web/ui/markdown/rendered-markdown.tsx'

// There are no workers here: what the worker does, without it.
vi.mock('#web/ui/markdown/highlight-apart.ts', async () => ({
  highlightApart: (await import('#web/ui/markdown/highlight.ts')).highlight,
}))

afterEach(cleanup)

const rendered = (text: string): HTMLElement => {
  render(
    <MantineProvider>
      <div data-testid="message">
        <RenderedMarkdown text={text} isGrowing={false} />
      </div>
    </MantineProvider>,
  )
  return screen.getByTestId('message')
}

const attacks = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg onload=alert(1)><animate onbegin=alert(1)></svg>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<a href="javascript:alert(1)">x</a>',
  '<details open ontoggle=alert(1)>',
  '<math><mtext><style><img src onerror=alert(1)></style></mtext></math>',
  '<form action="https://evil.example"><button>Send</button></form>',
  '<base href="https://evil.example/">',
  '<style>*{background:url(https://evil.example)}</style>',
  '[x](javascript:alert(1))',
  '[x](JaVaScRiPt:alert(1))',
  '[x](java\nscript:alert(1))',
  '[x](&#106;avascript:alert(1))',
  '[x](javascript&colon;alert(1))',
  '[x](\u0001javascript:alert(1))',
  '[x](vbscript:msgbox(1))',
  '[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)',
  '[x](blob:https://evil.example/1)',
  '[x](file:///etc/passwd)',
  '[x]: javascript:alert(1)\n\n[x]',
  '<javascript:alert(1)>',
  '![x](javascript:alert(1))',
  '![x](data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9ImFsZXJ0KDEpIi8+)',
  '![x"onerror="alert(1)](https://evil.example/x.png)',
  '[![x](https://evil.example/i.png)](javascript:alert(1))',
  '> - [x](javascript:alert(1))\n>   - **[y](data:text/html,1)**',
  '| a |\n|---|\n| [x](javascript:alert(1)) <img src=x onerror=alert(1)> |',
  '```html\n<img src=x onerror=alert(1)>\n```',
  '```"><script>alert(1)</script>\nx\n```',
  '[x](//evil.example)',
  '[x](/join#stolen)',
  '[^1]\n\n[^1]: <img src=x onerror=alert(1)>',
]

describe('Markdown', () => {
  test.each(attacks)('[CH20] nothing in a message runs or is fetched: %j', (attack) => {
    const page = rendered(attack)
    expect(page.querySelector('script, iframe, object, embed, form, style, base, link, meta, math')).toBeNull()
    expect(page.querySelector('img')).toBeNull()
    for (const element of page.querySelectorAll('*')) {
      expect([...element.attributes].map(({ name }) => name).filter((name) => name.startsWith('on'))).toEqual([])
    }
    for (const link of page.querySelectorAll('a[href]')) expect(link.getAttribute('href')).toMatch(/^(https?:|mailto:)/)
  })

  test('[CH20] what looks like HTML is shown as it was written', () => {
    expect(rendered('<script>alert(1)</script> fine?').textContent).toBe('<script>alert(1)</script> fine?')
    cleanup()
    expect(rendered('a <b>bold</b> word').textContent).toBe('a <b>bold</b> word')
  })

  test('[CH21] a link opens apart, and the other side learns nothing of this page', () => {
    rendered('[the docs](https://example.org/a)')
    const link = screen.getByRole('link', { name: 'the docs' })
    expect(link.getAttribute('href')).toBe('https://example.org/a')
    expect(link.getAttribute('target')).toBe('_blank')
    expect(link.getAttribute('rel')).toContain('noopener')
    expect(link.getAttribute('rel')).toContain('noreferrer')
  })

  test('[CH22] a picture on the web is fetched only when asked for', async () => {
    const page = rendered('![a boat](https://example.org/boat.png)')
    expect(page.querySelector('img')).toBeNull()
    await userEvent.click(screen.getByRole('button', { name: 'Load picture from example.org' }))
    const picture = screen.getByRole('img', { name: 'a boat' })
    expect(picture.getAttribute('src')).toBe('https://example.org/boat.png')
    expect(picture.getAttribute('referrerpolicy')).toBe('no-referrer')
  })

  test('[CH22] a picture that is in the message itself is shown', () => {
    rendered('![dot](data:image/png;base64,iVBORw0KGgo=)')
    expect(screen.getByRole('img', { name: 'dot' }).getAttribute('src')).toBe('data:image/png;base64,iVBORw0KGgo=')
  })

  test('[CH23] fenced code has its language, a copy button, and colours once its grammar is here', async () => {
    const page = rendered('```ts\nconst a = 1\n```')
    expect(within(page).getByRole('button', { name: 'Copy code' })).toBeDefined()
    expect(page.querySelector('pre')?.textContent).toBe('const a = 1')
    await expect.poll(() => page.querySelectorAll('pre span span').length, { timeout: 10_000 }).toBeGreaterThan(2)
    expect(page.querySelector('pre')?.textContent).toBe('const a = 1')
  })

  test('[CH24] tables, task lists and struck text are shown as such', () => {
    const page = rendered('| a | b |\n|---|---|\n| 1 | 2 |\n\n- [x] done\n- [ ] open\n\n~~gone~~')
    expect(
      within(page)
        .getAllByRole('cell')
        .map((cell) => cell.textContent),
    ).toEqual(['1', '2'])
    expect(within(page).getByRole('checkbox', { name: 'Done' })).toBeDefined()
    expect(page.querySelector('del')?.textContent).toBe('gone')
  })

  const pieces = [
    'Words with **weight** ',
    'and `code`.\n',
    '\n',
    '\n',
    '```ts\n',
    'const a = [1]\n',
    '```\n',
    '- item\n',
    '1. first\n',
    '  under it\n',
    '    far under it\n',
    '# Head\n',
    'Head\n===\n',
    '~~~\n',
    '> quote\n',
    '> ```\n',
    '| a | b |\n|---|---|\n| 1 | 2 |\n',
    '<div>\n',
    '<!-- note\n',
    '-->\n',
    '> <pre>\n',
    'See [this] and [^1].\n',
    '[this]: https://a.example\n',
    '[^1]: A note.\n',
    '---\n',
  ]

  test('[CH51] read in blocks, a text looks as it does when it is read as one', () => {
    const htmlOf = (text: string) =>
      renderToStaticMarkup(
        <MantineProvider>
          <RenderedMarkdown text={text} isGrowing={false} />
        </MantineProvider>,
      ).replace(/>\s+</g, '><')
    const inBlocks = blocks.blocksOfWhole
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 14 }), (parts) => {
        const text = parts.join('')
        const ours = htmlOf(text)
        const asOne = vi.spyOn(blocks, 'blocksOfWhole').mockReturnValue([text])
        const theirs = htmlOf(text)
        asOne.mockImplementation(inBlocks)
        expect(ours).toBe(theirs)
      }),
      {
        numRuns: 100,
        examples: [
          [['See [this] and [^1].\n', '\n', '[this]: https://a.example\n', '\n', '[^1]: A note.\n']],
          [['<!-- note\n', '\n', 'and `code`.\n', '\n', '-->\n']],
          [['- item\n', '\n', '- item\n', '\n', '  under it\n', '\n', 'and `code`.\n']],
        ],
      },
    )
  })
})
