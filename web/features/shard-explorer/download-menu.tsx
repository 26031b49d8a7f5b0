import { ActionIcon, Menu } from '@mantine/core'
import { Download } from 'lucide-react'
import { useState } from 'react'
import { parseStoreId } from '#schema/stores/store-id.ts'
import { noteExport } from '#web/services/access-log.ts'
import type { FileFormat } from '#web/services/shards/explorer-protocol.ts'
import { saveBlob } from '#web/ui/save-blob.ts'
import { showRefusal } from '#web/ui/undo.tsx'

interface DownloadMenuProps {
  readonly storeId: string
  /** Of the file. */
  readonly name: string
  /** Of rows; undefined when it is not known how many there are. */
  readonly count: number | undefined
  readonly file: (format: FileFormat) => Promise<Uint8Array<ArrayBuffer>>
}

/** Hands over all rows of what is shown, as a file; the access log says so. */
export const DownloadMenu = ({ storeId, name, count, file }: DownloadMenuProps) => {
  const [isWriting, setWriting] = useState(false)
  const save = async (format: FileFormat) => {
    setWriting(true)
    try {
      const bytes = await file(format)
      saveBlob(new Blob([bytes], { type: types[format] }), `${storeId}-${name}.${format}`)
      const parsed = parseStoreId(storeId)
      if (!(parsed instanceof Error) && parsed.kind === 'persona') noteExport(parsed.id)
    } catch (error) {
      showRefusal(new Error(`The file could not be written: ${error instanceof Error ? error.message : String(error)}`))
    } finally {
      setWriting(false)
    }
  }
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label="Download what is shown"
          title="Download what is shown"
          loading={isWriting}
          disabled={count === 0}
        >
          <Download size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {count === undefined ? 'All rows' : `All ${count.toLocaleString()} rows`}, at most 100,000
        </Menu.Label>
        <Menu.Item onClick={() => void save('csv')}>CSV, for a spreadsheet</Menu.Item>
        <Menu.Item onClick={() => void save('json')}>JSON</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

const types = { csv: 'text/csv', json: 'application/json' } as const
