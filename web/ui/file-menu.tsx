import { ActionIcon, Menu } from '@mantine/core'
import { Download } from 'lucide-react'
import { useState } from 'react'
import { showRefusal } from './undo.tsx'

interface FileMenuProps<Format extends keyof typeof formatNames> {
  /** What the button does. */
  readonly label: string
  /** How much goes into the file. */
  readonly title: string
  readonly formats: readonly Format[]
  readonly isDisabled: boolean
  /** Writes the file and hands it over. */
  readonly onSave: (format: Format) => Promise<void>
}

/** Hands over what is shown, as a file of one of these formats. */
export const FileMenu = <Format extends keyof typeof formatNames>(props: FileMenuProps<Format>) => {
  const { label, title, formats, isDisabled, onSave } = props
  const [isWriting, setWriting] = useState(false)
  const save = async (format: Format) => {
    setWriting(true)
    try {
      await onSave(format)
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      showRefusal(new Error(`The file could not be written: ${reason} Nothing was changed; try it once more.`))
    } finally {
      setWriting(false)
    }
  }
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={label}
          title={label}
          loading={isWriting}
          disabled={isDisabled}
        >
          <Download size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{title}</Menu.Label>
        {formats.map((format) => (
          <Menu.Item key={format} onClick={() => void save(format)}>
            {formatNames[format]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

const formatNames = { json: 'JSON', csv: 'CSV, for a spreadsheet', sqlite: 'SQLite, for questions' } as const

/** What a browser is told that a file of a format is. */
export const fileTypes = { json: 'application/json', csv: 'text/csv', sqlite: 'application/vnd.sqlite3' } as const
