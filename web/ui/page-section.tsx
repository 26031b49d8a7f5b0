import { Text } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import classes from './page-section.module.css'

interface PageSectionProps {
  readonly title: string
  readonly text?: ReactNode
  /** By which an address leads to it. */
  readonly id?: string
  readonly children: ReactNode
}

/** A part of a page that is read from top to bottom: what it is about, and beside it what one does. */
export const PageSection = ({ title, text, id, children }: PageSectionProps) => {
  const heading = useId()
  return (
    <section className={classes.section} aria-labelledby={heading} id={id}>
      <div>
        <h2 id={heading} className={classes.title}>
          {title}
        </h2>
        {text !== undefined && (
          <Text size="sm" c="dimmed">
            {text}
          </Text>
        )}
      </div>
      <div>{children}</div>
    </section>
  )
}
