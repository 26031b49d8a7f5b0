import { lazy, memo, Suspense } from 'react'
import classes from './markdown.module.css'

const RenderedMarkdown = lazy(() => import('./rendered-markdown.tsx').then((m) => ({ default: m.RenderedMarkdown })))

/** Text as Markdown, rendered safely: no HTML, no script, nothing fetched that nobody asked for. Plain until that code is here. */
export const Markdown = memo(({ text }: { readonly text: string }) => (
  <Suspense fallback={<div className={classes.plain}>{text}</div>}>
    <RenderedMarkdown text={text} />
  </Suspense>
))
