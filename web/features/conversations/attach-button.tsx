import { ActionIcon, Menu } from '@mantine/core'
import { Camera, FilePlus2, Paperclip } from 'lucide-react'
import { useRef } from 'react'

interface AttachButtonProps {
  readonly onFiles: (files: readonly File[]) => void
  readonly onRefused: (refusal: Error) => void
}

const canShare = typeof navigator.mediaDevices?.getDisplayMedia === 'function'

/** For whoever neither drops nor pastes. */
export const AttachButton = ({ onFiles, onRefused }: AttachButtonProps) => {
  const picker = useRef<HTMLInputElement>(null)
  const shoot = async () => {
    const { takeScreenshot } = await import('#web/services/attachments/screenshot.ts')
    const taken = await takeScreenshot(new Date())
    if (taken instanceof Error) onRefused(taken)
    else if (taken !== undefined) onFiles([taken])
  }
  return (
    <>
      <Menu position="top-end" shadow="md">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size={32} aria-label="Attach" title="Attach a file">
            <Paperclip size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<FilePlus2 size={16} />} onClick={() => picker.current?.click()}>
            Choose files…
          </Menu.Item>
          {canShare && (
            <Menu.Item leftSection={<Camera size={16} />} onClick={() => void shoot()}>
              Take a screenshot…
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        aria-label="Files to attach"
        onChange={({ currentTarget }) => {
          onFiles([...(currentTarget.files ?? [])])
          currentTarget.value = '' // the same file may be chosen again
        }}
      />
    </>
  )
}
