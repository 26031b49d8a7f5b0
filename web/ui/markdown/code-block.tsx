import { ActionIcon, CopyButton, Text, Tooltip } from '@mantine/core'
import { Check, Copy } from 'lucide-react'
import { memo, useEffect, useState } from 'react'
import { highlight, type Token } from './highlight.ts'
import classes from './markdown.module.css'

interface CodeBlockProps {
  readonly code: string
  /** As its writer named it; may be empty, or none we know. */
  readonly language: string
  readonly filename?: string | undefined
}

/** Code with its name and a button that copies it. Plain at once, coloured when the grammar is here. */
export const CodeBlock = memo(({ code, language, filename }: CodeBlockProps) => {
  const lines = useHighlighted(code, language)
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
        <code>{lines === undefined ? code : lines.map((line, number) => coloured(line, number, lines.length))}</code>
      </pre>
    </figure>
  )
})

const coloured = (line: readonly Token[], number: number, count: number) => (
  <span key={number}>
    {line.map(({ content, style }, place) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: a token has no identity but its place
      <span key={place} style={style}>
        {content}
      </span>
    ))}
    {number < count - 1 && '\n'}
  </span>
)

const useHighlighted = (code: string, language: string) => {
  const [found, setFound] = useState<
    { readonly of: string; readonly lines: readonly (readonly Token[])[] } | undefined
  >()
  const of = `${language}\n${code}`
  useEffect(() => {
    let current = true
    highlight(code, language).then(
      (lines) => current && lines !== undefined && setFound({ of, lines }),
      () => {
        // Offline, perhaps: the code is readable without colours.
      },
    )
    return () => {
      current = false
    }
  }, [code, language, of])
  return found?.of === of ? found.lines : undefined
}
