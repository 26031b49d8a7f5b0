import { memo, Suspense } from 'react'
import { lazyOr } from '#web/ui/lazy-part.ts'
import classes from './markdown.module.css'

const Plain = ({ text }: MarkdownProps) => <div className={classes.plain}>{text}</div>

const RenderedMarkdown = lazyOr(() => import('./rendered-markdown.tsx').then((m) => m.RenderedMarkdown), Plain)

interface MarkdownProps {
  readonly text: string
  /** It is still being written. */
  readonly isGrowing?: boolean
}

/** Text as Markdown, rendered safely: no HTML, no script, nothing fetched that nobody asked for. Plain until that code is here. */
export const Markdown = memo(({ text, isGrowing = false }: MarkdownProps) => (
  <Suspense fallback={<Plain text={text} />}>
    <RenderedMarkdown text={text} isGrowing={isGrowing} />
  </Suspense>
))
