import { Badge, VisuallyHidden } from '@mantine/core'
import { Link2, Link2Off } from 'lucide-react'
import type { DirectoryEntry } from '#schema/workspace/queries.ts'
import { useRight } from '#web/livestore/use-right.ts'
import { sharedWords } from './shared-words.ts'

/** That a persona is another person's, and what may be done with it. */
export const SharedMark = ({ persona }: { readonly persona: Pick<DirectoryEntry, 'personaId' | 'sharedRole'> }) => {
  const words = sharedWords(persona.sharedRole, useRight(persona.personaId))
  if (words === undefined) return null
  return (
    <Badge variant="default" tt="none" fw={400} flex="none">
      {words}
    </Badge>
  )
}

/** The same where there is no room for words. */
export const SharedIcon = ({ personaId, role }: { readonly personaId: string; readonly role: string }) => {
  const right = useRight(personaId)
  const words = sharedWords(role, right)
  const Icon = right?.endedAt != null ? Link2Off : Link2
  return (
    <span title={words} style={{ display: 'flex', color: 'var(--mantine-color-dimmed)' }}>
      <Icon size={14} aria-hidden />
      <VisuallyHidden>{words}</VisuallyHidden>
    </span>
  )
}
