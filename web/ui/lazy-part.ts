import { type ComponentType, lazy, useEffect } from 'react'
import { showProblem } from './undo.tsx'

type Load<P extends object> = () => Promise<ComponentType<P>>

/** A part of the page that nobody asked for: where it cannot be fetched it is left out, until the next start. */
export const lazyExtra = <P extends object>(load: Load<P>) => lazyOr(load, () => null)

/** One that somebody asked for: where it cannot be fetched, that is said. */
export const lazyAsked = <P extends object>(load: Load<P>) => lazyOr(load, DidNotCome)

/** One that something simpler stands in for. */
// Not beside `import()`: a `then` that follows it Vite makes a part of the script, which never runs when a style sheet is missing.
export const lazyOr = <P extends object>(load: Load<P>, Instead: ComponentType<P>) =>
  lazy(() =>
    load().then(
      (Part) => ({ default: Part }),
      () => ({ default: Instead }),
    ),
  )

const DidNotCome = () => {
  useEffect(() => {
    showProblem(
      'This part of the page did not come. What you have is safe. Load the page again once the server answers.',
    )
  }, [])
  return null
}
