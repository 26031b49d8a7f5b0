import { persona$ } from '#schema/personas/queries.ts'
import { usePersonaId, usePersonaStore } from '#web/livestore/store-views.tsx'
import { noteExport } from '#web/services/access-log.ts'
import { type LogFormat, logFormats } from '#web/services/history/log-protocol.ts'
import { FileMenu, fileTypes } from '#web/ui/file-menu.tsx'
import { saveBlob } from '#web/ui/save-blob.ts'
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
  const count = finding?.found.indices.length ?? 0
  return (
    <FileMenu
      label="Export what is shown"
      title={`Export ${count.toLocaleString()} ${count === 1 ? 'event' : 'events'}`}
      formats={logFormats}
      isDisabled={count === 0}
      onSave={async (format) => {
        if (finding === undefined) return
        const persona = store.query(persona$)?.name ?? 'Persona'
        await save({ persona, format, finding, confirmed, signers })
        noteExport(personaId)
      }}
    />
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
  saveBlob(new Blob([bytes], { type: fileTypes[format] }), name)
}
