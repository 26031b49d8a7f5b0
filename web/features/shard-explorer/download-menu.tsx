import { parseStoreId } from '#schema/stores/store-id.ts'
import { noteExport } from '#web/services/access-log.ts'
import type { FileFormat } from '#web/services/shards/explorer-protocol.ts'
import { FileMenu, fileTypes } from '#web/ui/file-menu.tsx'
import { saveBlob } from '#web/ui/save-blob.ts'

interface DownloadMenuProps {
  readonly storeId: string
  /** Of the file. */
  readonly name: string
  /** Of rows; undefined when it is not known how many there are. */
  readonly count: number | undefined
  readonly file: (format: FileFormat) => Promise<Uint8Array<ArrayBuffer>>
}

/** Hands over all rows of what is shown, as a file; the access log says so. */
export const DownloadMenu = ({ storeId, name, count, file }: DownloadMenuProps) => (
  <FileMenu
    label="Download what is shown"
    title={`${count === undefined ? 'All rows' : `All ${count.toLocaleString()} rows`}, at most 100,000`}
    formats={formats}
    isDisabled={count === 0}
    onSave={async (format) => {
      saveBlob(new Blob([await file(format)], { type: fileTypes[format] }), `${storeId}-${name}.${format}`)
      const parsed = parseStoreId(storeId)
      if (!(parsed instanceof Error) && parsed.kind === 'persona') noteExport(parsed.id)
    }}
  />
)

const formats: readonly FileFormat[] = ['csv', 'json']
