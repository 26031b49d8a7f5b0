import { ActionIcon, Menu } from '@mantine/core'
import { Download } from 'lucide-react'
import { useState } from 'react'
import { persona$ } from '#schema/personas/queries.ts'
import { usePersonaId, usePersonaStore } from '#web/livestore/store-views.tsx'
import { noteExport } from '#web/services/access-log.ts'
import { type LogFormat, logFormats } from '#web/services/history/log-protocol.ts'
import { saveBlob } from '#web/ui/save-blob.ts'
import { showRefusal } from '#web/ui/undo.tsx'
import type { Finding } from './use-log.ts'
import type { Signers } from './use-signers.ts'

interface ExportMenuProps {
  readonly finding: Finding | undefined
  readonly confirmed: number
  readonly signers: Signers
}

/** Hands over what is shown, as a file; the access log says so. */
export const ExportMenu = ({ finding, confirmed, signers }: ExportMenuProps) => {
  const personaId = usePersonaId()
  const store = usePersonaStore()
  const [isWriting, setWriting] = useState(false)
  const count = finding?.found.indices.length ?? 0

  const onChoose = (finding: Finding, format: LogFormat) => {
    setWriting(true)
    const persona = store.query(persona$)?.name ?? 'Persona'
    void save({ persona, format, finding, confirmed, signers })
      .then(() => noteExport(personaId))
      .catch((error: unknown) =>
        showRefusal(new Error(`The file could not be written: ${String(error)} The log is as it was.`)),
      )
      .finally(() => setWriting(false))
  }
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label="Export what is shown"
          title="Export what is shown"
          loading={isWriting}
          disabled={count === 0}
        >
          <Download size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          Export {count.toLocaleString()} {count === 1 ? 'event' : 'events'}
        </Menu.Label>
        {logFormats.map((format) => (
          <Menu.Item
            key={format}
            onClick={() => {
              if (finding !== undefined) onChoose(finding, format)
            }}
          >
            {labels[format]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

interface Saving extends ExportMenuProps {
  readonly persona: string
  readonly format: LogFormat
  readonly finding: Finding
}

const save = async ({ persona, format, finding, confirmed, signers }: Saving) => {
  const { reader } = finding
  const { people, devices } = reader.overview
  const exportedAt = new Date()
  const bytes = await reader.file({
    format,
    persona,
    exportedAt,
    confirmed,
    people: new Map(people.map(({ value }) => [value, signers.person(value)])),
    devices: new Map(devices.map(({ value }) => [value, signers.device(value)])),
  })
  const name = `${persona}-log-${exportedAt.toISOString().slice(0, 10)}.${format}`
  saveBlob(new Blob([bytes], { type: types[format] }), name)
}

const labels = { json: 'JSON', csv: 'CSV, for a spreadsheet', sqlite: 'SQLite, for questions' } as const

const types = { json: 'application/json', csv: 'text/csv', sqlite: 'application/vnd.sqlite3' } as const
