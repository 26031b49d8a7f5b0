import { Text } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import classes from './settings.module.css'

interface SectionProps {
  readonly title: string
  /** By which an address leads to it: `/settings#models`. */
  readonly id?: string
  readonly text?: string
  readonly children: ReactNode
}

export const Section = ({ title, id, text, children }: SectionProps) => {
  const heading = useId()
  return (
    <section className={classes.section} aria-labelledby={heading} {...(id === undefined ? {} : { id })}>
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
