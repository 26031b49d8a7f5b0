import { ActionIcon, Menu } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import {
  Archive,
  ArchiveRestore,
  Copy,
  CopyPlus,
  Download,
  Ellipsis,
  Eraser,
  FileArchive,
  ScrollText,
  Share2,
  ShieldCheck,
  Trash2,
  Undo2,
} from 'lucide-react'
import { Suspense, useState } from 'react'
import type { DirectoryEntry } from '#schema/workspace/queries.ts'
import type { Right } from '#web/livestore/device-db.ts'
import { mayWrite } from '#web/livestore/rights.ts'
import { useRight } from '#web/livestore/use-right.ts'
import { lazyAsked } from '#web/ui/lazy-part.ts'
import { usePersonaActs } from './use-persona-acts.ts'

const ErasePersona = lazyAsked(() => import('./erase-persona.tsx').then((m) => m.ErasePersona))

/** What can be done with a persona, wherever it is shown. */
export const PersonaMenu = ({ persona }: { readonly persona: DirectoryEntry }) => {
  const acts = usePersonaActs()
  const { name, archivedAt, unlistedAt } = persona
  const [isErasing, setErasing] = useState(false)
  const right = useRight(persona.personaId)
  const isErasable = persona.sharedRole === null && (archivedAt !== null || unlistedAt !== null)
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={`Actions for ${name}`}>
            <Ellipsis size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {unlistedAt === null ? (
            <>
              {right?.endedAt == null && <OpenItems persona={persona} right={right} />}
              <Menu.Item leftSection={<Trash2 {...icon} />} onClick={() => acts.remove(persona)}>
                {persona.sharedRole === null ? 'Remove' : 'Remove from my list'}
              </Menu.Item>
            </>
          ) : (
            <Menu.Item leftSection={<Undo2 {...icon} />} onClick={() => acts.putBack(persona)}>
              Put back
            </Menu.Item>
          )}
          {isErasable && (
            <Menu.Item color="red" leftSection={<Eraser {...icon} />} onClick={() => setErasing(true)}>
              Erase for good…
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <Suspense fallback={null}>
        {isErasing && <ErasePersona persona={persona} onClose={() => setErasing(false)} />}
      </Suspense>
    </>
  )
}

/** What needs the persona itself, or writes to it. */
const OpenItems = ({ persona, right }: { readonly persona: DirectoryEntry; readonly right: Right | undefined }) => {
  const acts = usePersonaActs()
  const { personaId, archivedAt } = persona
  const mayAudit = right === undefined || right.role === 'owner' || right.role === 'auditor'
  return (
    <>
      <Menu.Item leftSection={<Copy {...icon} />} onClick={() => void acts.duplicate(persona, false)}>
        Duplicate
      </Menu.Item>
      <Menu.Item leftSection={<CopyPlus {...icon} />} onClick={() => void acts.duplicate(persona, true)}>
        Duplicate with memories
      </Menu.Item>
      <Menu.Item leftSection={<Download {...icon} />} onClick={() => void acts.exportFile(persona)}>
        Export as a file
      </Menu.Item>
      <Menu.Item
        leftSection={<FileArchive {...icon} />}
        renderRoot={(props) => <Link {...props} to="/p/$personaId/bundle" params={{ personaId }} />}
      >
        Export as a bundle
      </Menu.Item>
      <Menu.Item
        leftSection={<ShieldCheck {...icon} />}
        renderRoot={(props) => <Link {...props} to="/p/$personaId/verify" params={{ personaId }} />}
      >
        Verify
      </Menu.Item>
      {right?.canShare !== false && (
        <Menu.Item
          leftSection={<Share2 {...icon} />}
          renderRoot={(props) => <Link {...props} to="/p/$personaId/sharing" params={{ personaId }} />}
        >
          Share
        </Menu.Item>
      )}
      {mayAudit && (
        <Menu.Item
          leftSection={<ShieldCheck {...icon} />}
          renderRoot={(props) => <Link {...props} to="/audit" search={{ persona: personaId }} />}
        >
          Verify its log
        </Menu.Item>
      )}
      {mayAudit && (
        <Menu.Item
          leftSection={<ScrollText {...icon} />}
          renderRoot={(props) => <Link {...props} to="/p/$personaId/access" params={{ personaId }} />}
        >
          Access log
        </Menu.Item>
      )}
      <Menu.Divider />
      {!mayWrite(right) ? null : archivedAt === null ? (
        <Menu.Item leftSection={<Archive {...icon} />} onClick={() => void acts.archive(persona, true)}>
          Archive
        </Menu.Item>
      ) : (
        <Menu.Item leftSection={<ArchiveRestore {...icon} />} onClick={() => void acts.archive(persona, false)}>
          Restore from the archive
        </Menu.Item>
      )}
    </>
  )
}

const icon = { size: 16, 'aria-hidden': true } as const
