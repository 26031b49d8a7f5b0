import { ActionIcon, Menu } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { CloudDownload, EllipsisVertical, FileSearch, Hammer, ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import { parseStoreId } from '#schema/stores/store-id.ts'
import { rebuildState, setAsideAndRefetch } from '#web/livestore/recovery.ts'
import { pool } from '#web/livestore/stores.ts'
import { showDone, showRefusal } from '#web/ui/undo.tsx'
import { LogSummary } from './log-summary.tsx'

interface ShardMenuProps {
  readonly storeId: string
  readonly name: string
}

export const ShardMenu = ({ storeId, name }: ShardMenuProps) => {
  const [isLooking, setLooking] = useState(false)
  const parsed = parseStoreId(storeId)
  const personaId = parsed instanceof Error || parsed.kind === 'workspace' ? undefined : parsed.id
  const act = (work: () => Promise<string>) => () =>
    work()
      .then(showDone)
      .catch((error: unknown) => showRefusal(error instanceof Error ? error : new Error(String(error))))
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={`Act on ${name}`}>
            <EllipsisVertical size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<FileSearch size={14} />} onClick={() => setLooking(true)}>
            Look into its log
          </Menu.Item>
          {personaId !== undefined && (
            <Menu.Item
              leftSection={<ShieldCheck size={14} />}
              renderRoot={(props) => <Link {...props} to="/p/$personaId/verify" params={{ personaId }} />}
            >
              Verify it
            </Menu.Item>
          )}
          <Menu.Item
            leftSection={<Hammer size={14} />}
            onClick={act(async () => {
              await rebuildState(storeId)
              await pool.open(storeId)
              return `${name} is rebuilt from its log.`
            })}
          >
            Rebuild from its log
          </Menu.Item>
          <Menu.Item
            leftSection={<CloudDownload size={14} />}
            onClick={act(async () => {
              const count = await setAsideAndRefetch(storeId, 'Fetched again by hand.', 'unconfirmed')
              await pool.open(storeId)
              return count === 0
                ? `${name} is fetched again.`
                : `${name} is fetched again; ${count} events are set aside.`
            })}
          >
            Set aside what waits, fetch again
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {isLooking && <LogSummary storeId={storeId} name={name} onClose={() => setLooking(false)} />}
    </>
  )
}
