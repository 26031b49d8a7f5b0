import { lazy, Suspense } from 'react'
import classes from './markdown.module.css'

const GrowingBlocks = lazy(() => import('./growing-blocks.tsx').then((m) => ({ default: m.GrowingBlocks })))

/** Markdown that is still being written. Plain until that code is here. */
export const GrowingMarkdown = ({ text }: { readonly text: string }) => (
  <Suspense fallback={<div className={classes.plain}>{text}</div>}>
    <GrowingBlocks text={text} />
  </Suspense>
)
