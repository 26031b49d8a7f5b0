import { ActionIcon, Menu, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { EllipsisVertical, LogOut, Scale, Trash2, Undo2 } from 'lucide-react'
import { useState } from 'react'
import type { CellsSaid } from '#schema/placement/wire.ts'
import { changeCell, removeCell } from '#web/services/cells/placement-calls.ts'
import { askPlaces } from '#web/services/cells/watches.ts'
import { FinalDialog } from '#web/ui/final-dialog.tsx'
import { showDone, showRefusal } from '#web/ui/undo.tsx'

/** What an operator does with a cell. What would move things is planned first. */
export const CellMenu = ({ cell }: { readonly cell: CellsSaid['cells'][number] }) => {
  const { cellId, draining, readOnly } = cell
  const [isRemoving, setRemoving] = useState(false)
  const act = async (asked: Promise<Error | undefined>, done: string) => {
    if (!showRefusal(await asked)) showDone(done)
    askPlaces()
  }
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={`Act on ${cellId}`}>
            <EllipsisVertical size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<Scale size={14} />}
            renderRoot={(props) => <Link {...props} to="/shards/plan" search={{ what: 'weight', cell: cellId }} />}
          >
            Change its weight…
          </Menu.Item>
          {draining ? (
            <Menu.Item
              leftSection={<Undo2 size={14} />}
              onClick={() => void act(changeCell(cellId, { draining: false }), `${cellId} takes stores again.`)}
            >
              Let it take stores again
            </Menu.Item>
          ) : (
            <Menu.Item
              leftSection={<LogOut size={14} />}
              renderRoot={(props) => <Link {...props} to="/shards/plan" search={{ what: 'drain', cell: cellId }} />}
            >
              Empty it…
            </Menu.Item>
          )}
          <Menu.Item
            onClick={() =>
              void act(
                changeCell(cellId, { readOnly: !readOnly }),
                readOnly ? `${cellId} takes writes again.` : `${cellId} gives out what it holds, and takes no writes.`,
              )
            }
          >
            {readOnly ? 'Take writes again' : 'Make it read-only'}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item color="red" leftSection={<Trash2 size={14} />} onClick={() => setRemoving(true)}>
            Remove it…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {isRemoving && (
        <FinalDialog
          title={`Remove ${cellId}?`}
          action="Remove it"
          onDo={() => act(removeCell(cellId), `${cellId} is removed.`)}
          onClose={() => setRemoving(false)}
        >
          <Text size="sm">
            Only a cell that holds nothing is removed. Empty it first, and wait until its moves are done.
          </Text>
        </FinalDialog>
      )}
    </>
  )
}
