import { lazy, memo, Suspense } from 'react'
import classes from './markdown.module.css'

const RenderedMarkdown = lazy(() => import('./rendered-markdown.tsx').then((m) => ({ default: m.RenderedMarkdown })))

interface MarkdownProps {
  readonly text: string
  /** It is still being written. */
  readonly isGrowing?: boolean
}

/** Text as Markdown, rendered safely: no HTML, no script, nothing fetched that nobody asked for. Plain until that code is here. */
export const Markdown = memo(({ text, isGrowing = false }: MarkdownProps) => (
  <Suspense fallback={<div className={classes.plain}>{text}</div>}>
    <RenderedMarkdown text={text} isGrowing={isGrowing} />
  </Suspense>
))
