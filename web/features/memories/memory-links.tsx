import { ActionIcon, UnstyledButton } from '@mantine/core'
import { Unlink } from 'lucide-react'
import { linksOf$ } from '#schema/memories/queries.ts'
import type { Memory } from '#schema/memories/state.ts'
import { usePersonaStore } from '#web/livestore/store-views.tsx'
import { useMayWrite } from '#web/livestore/use-right.ts'
import { unlink } from './memory-acts.ts'
import classes from './memory-detail.module.css'

interface MemoryLinksProps {
  readonly memory: Memory
  readonly onOpen: (memoryId: string) => void
}

export const MemoryLinks = ({ memory, onOpen }: MemoryLinksProps) => {
  const store = usePersonaStore()
  const mayWrite = useMayWrite()
  const links = store.useQuery(linksOf$(memory.memoryId))
  if (links.length === 0) return null
  return (
    <section>
      <h3 className={classes.section}>Linked memories</h3>
      <ul className={classes.entries}>
        {links.map((link) => (
          <li key={link.linkId} className={classes.entry}>
            <UnstyledButton className={classes.entryMain} onClick={() => onOpen(link.memoryId)}>
              <span className={classes.entryText}>{link.preview}</span>
              <span className={classes.entryNote}>
                {link.fromMemoryId === memory.memoryId ? `this ${link.relation} it` : `it ${link.relation} this`}
              </span>
            </UnstyledButton>
            {mayWrite && (
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={`Remove the link to: ${link.preview}`}
                onClick={() => unlink(store, memory.personaId, memory.memoryId, link)}
              >
                <Unlink size={14} />
              </ActionIcon>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
