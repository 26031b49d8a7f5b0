import { memo } from 'react'
import ReactMarkdown, { type Components } from 'react-markdown'
import rehypeSanitize, { defaultSchema } from 'rehype-sanitize'
import remarkGfm from 'remark-gfm'
import remend from 'remend'
import { blocksOf, blocksOfWhole } from './blocks.ts'
import { CodeBlock } from './code-block.tsx'
import { htmlAsText } from './html-as-text.ts'
import classes from './markdown.module.css'
import { Picture } from './picture.tsx'
import { safeImage, safeLink } from './safe-url.ts'

interface RenderedMarkdownProps {
  readonly text: string
  readonly isGrowing: boolean
}

/**
 * Block by block: of a text that grows only the last is read again, what is half written in it shown as if it were whole,
 * and when the text has grown up, what is on screen stays.
 */
export const RenderedMarkdown = ({ text, isGrowing }: RenderedMarkdownProps) => {
  const blocks = isGrowing ? blocksOf(text) : blocksOfWhole(text)
  return (
    <div className={classes.markdown}>
      {blocks.map((block, place) => (
        // A block has no identity but its place.
        // biome-ignore lint/suspicious/noArrayIndexKey: as above
        <Block key={place} text={isGrowing && place === blocks.length - 1 ? remend(block) : block} />
      ))}
    </div>
  )
}

/**
 * Three walls: HTML is text here, the sanitiser lets only known elements and attributes through, and
 * addresses are judged once more where they are used.
 */
const Block = memo(({ text }: { readonly text: string }) => (
  <ReactMarkdown
    remarkPlugins={remarkPlugins}
    rehypePlugins={rehypePlugins}
    urlTransform={(url, key) => (key === 'src' ? safeImage(url)?.url : safeLink(url)) ?? ''}
    components={components}
  >
    {text}
  </ReactMarkdown>
))

const remarkPlugins = [remarkGfm, htmlAsText]
const rehypePlugins = [
  [
    rehypeSanitize,
    { ...defaultSchema, protocols: { href: ['http', 'https', 'mailto'], src: ['http', 'https', 'data'] } },
  ],
] satisfies React.ComponentProps<typeof ReactMarkdown>['rehypePlugins']

const components: Components = {
  a: ({ href, children }) => {
    const url = safeLink(href ?? '')
    if (url === undefined) return <span>{children}</span>
    return (
      <a href={url} target="_blank" rel="noopener noreferrer nofollow" title={url}>
        {children}
      </a>
    )
  },
  img: ({ src, alt }) => <Picture url={typeof src === 'string' ? src : ''} alt={alt} />,
  pre: ({ node, children }) => {
    const code = node?.children[0]
    if (code?.type !== 'element' || code.tagName !== 'code') return <pre>{children}</pre>
    const text = code.children.map((child) => (child.type === 'text' ? child.value : '')).join('')
    return <CodeBlock code={text.replace(/\n$/, '')} language={languageOf(code.properties.className)} />
  },
  table: ({ children }) => (
    // Wide tables scroll by themselves, by keyboard too.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable
    <section className={classes.table} aria-label="Table" tabIndex={0}>
      <table>{children}</table>
    </section>
  ),
  input: ({ checked }) => (
    <input type="checkbox" checked={checked === true} disabled aria-label={checked === true ? 'Done' : 'To do'} />
  ),
  // Numbers stand before the text: a list that starts at 4000 needs more room for them.
  ol: ({ start = 1, node, children }) => (
    <ol
      start={start}
      style={{ paddingInlineStart: `${String(start + (node?.children.length ?? 0) / 2).length + 2}ch` }}
    >
      {children}
    </ol>
  ),
  // The page has its own first headings.
  h1: ({ children }) => <h3>{children}</h3>,
  h2: ({ children }) => <h4>{children}</h4>,
  h3: ({ children }) => <h5>{children}</h5>,
  h4: ({ children }) => <h6>{children}</h6>,
  h5: ({ children }) => <h6>{children}</h6>,
}

const languageOf = (className: unknown): string => {
  const names = Array.isArray(className) ? className.map(String) : []
  return names.find((name) => name.startsWith('language-'))?.slice('language-'.length) ?? ''
}
