import { Text } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import classes from './settings.module.css'
import { type SettingsSection, settingsSections } from './settings-sections.ts'

interface SectionProps {
  readonly id: SettingsSection
  readonly text?: string
  readonly children: ReactNode
}

export const Section = ({ id, text, children }: SectionProps) => {
  const heading = useId()
  return (
    <section className={classes.section} aria-labelledby={heading} id={id}>
      <div>
        <h2 id={heading} className={classes.title}>
          {settingsSections[id]}
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
