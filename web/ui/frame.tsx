import type { ReactNode } from 'react'
import classes from './frame.module.css'

interface FrameProps {
  readonly rail: ReactNode
  readonly header: ReactNode
  /** On a phone, in place of the rail. */
  readonly bar: ReactNode
  /** Above everything, when there is something to say of all of it. */
  readonly banner?: ReactNode
  /** Whether all of it looks like something else than usual. */
  readonly isTinted?: boolean
  readonly children: ReactNode
}

/** Rail, header, content; on a phone header, one pane, bottom bar. The same boxes whether or not what fills them is here yet. */
export const Frame = ({ rail, header, bar, banner, isTinted = false, children }: FrameProps) => (
  <div className={classes.frame} data-tinted={isTinted}>
    <a className={classes.skip} href="#main">
      Skip to the content
    </a>
    <div className={classes.banner}>{banner}</div>
    <nav className={classes.rail} aria-label="Personas and rooms">
      {rail}
    </nav>
    <header className={classes.header}>{header}</header>
    <main id="main" className={classes.main} tabIndex={-1}>
      {children}
    </main>
    <nav className={classes.bar} aria-label="Rooms">
      {bar}
    </nav>
  </div>
)
