import type { ReactNode } from 'react'
import { PageSection } from '#web/ui/page-section.tsx'
import { type SettingsSection, settingsSections } from './settings-sections.ts'

interface SectionProps {
  readonly id: SettingsSection
  readonly text?: string
  readonly children: ReactNode
}

export const Section = (props: SectionProps) => <PageSection title={settingsSections[props.id]} {...props} />
