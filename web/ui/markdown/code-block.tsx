import { ActionIcon, CopyButton, Text, Tooltip } from '@mantine/core'
import { Check, Copy } from 'lucide-react'
import { memo, useEffect, useMemo, useRef, useState } from 'react'
import type { Lines, Token } from './highlight.ts'
import { highlightApart } from './highlight-apart.ts'
import classes from './markdown.module.css'

interface CodeBlockProps {
  readonly code: string
  /** As its writer named it; may be empty, or none we know. */
  readonly language: string
  readonly filename?: string | undefined
}

/** Code with its name and a button that copies it. Plain at once, coloured when the grammar is here. */
export const CodeBlock = memo(({ code, language, filename }: CodeBlockProps) => {
  const { coloured, rest } = useHighlighted(code, language)
  const title = filename ?? language
  return (
    <figure className={classes.code}>
      <figcaption className={classes.codeTitle}>
        <Text span size="xs" c="dimmed" {...(filename !== undefined && { ff: 'monospace' })} truncate>
          {title || 'text'}
        </Text>
        <CopyButton value={code}>
          {({ copied, copy }) => (
            <Tooltip label={copied ? 'Copied' : 'Copy'} openDelay={300}>
              <ActionIcon
                variant="subtle"
                color="gray"
                size="sm"
                onClick={copy}
                aria-label={copied ? 'Copied' : 'Copy code'}
              >
                {copied ? <Check size={14} /> : <Copy size={14} />}
              </ActionIcon>
            </Tooltip>
          )}
        </CopyButton>
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable */}
      <pre tabIndex={0}>
        <code>
          {coloured}
          {rest}
        </code>
      </pre>
    </figure>
  )
})

const spansOf = (line: readonly Token[], number: number, { length }: readonly unknown[]) => (
  <span key={number}>
    {line.map(({ content, style }, place) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: a token has no identity but its place
      <span key={place} style={style}>
        {content}
      </span>
    ))}
    {number < length - 1 && '\n'}
  </span>
)

/** Code that grows keeps the colours of what it was; what came since is plain until it is coloured too. */
const useHighlighted = (code: string, language: string) => {
  const [found, setFound] = useState<Found>()
  const askedAt = useRef(Number.NEGATIVE_INFINITY)
  useEffect(() => {
    const ask = () => {
      askedAt.current = performance.now()
      void highlightApart(code, language).then((lines) => lines && setFound({ code, language, lines }))
    }
    const timer = setTimeout(ask, askedAt.current + colourEvery - performance.now())
    return () => clearTimeout(timer)
  }, [code, language])
  const spans = useMemo(() => found?.lines.map(spansOf), [found])
  return found !== undefined && found.language === language && code.startsWith(found.code)
    ? { coloured: spans, rest: code.slice(found.code.length) }
    : { coloured: undefined, rest: code }
}

interface Found {
  readonly code: string
  readonly language: string
  readonly lines: Lines
}

/** Milliseconds between two colourings of code that grows. */
const colourEvery = 250
