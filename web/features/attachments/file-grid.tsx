import { Checkbox, Text } from '@mantine/core'
import { type KeyboardEvent, useRef, useState } from 'react'
import { kindOf, shownName } from '#schema/attachments/kinds.ts'
import type { Attachment } from '#schema/attachments/state.ts'
import { FileStatusLine } from '#web/services/attachments/file-status.tsx'
import { useThumbnail } from '#web/services/attachments/use-attachment.ts'
import { KindIcon } from '#web/ui/media/kind-icon.tsx'
import { factsLine } from './facts-line.ts'
import classes from './files-room.module.css'

interface FileGridProps {
  readonly files: readonly Attachment[]
  readonly view: 'grid' | 'list'
  readonly chosen: ReadonlySet<string>
  readonly onChoose: (chosen: ReadonlySet<string>) => void
  readonly onOpen: (attachmentId: string) => void
}

/** Arrows move, Enter opens, Space chooses. */
export const FileGrid = ({ files, view, chosen, onChoose, onOpen }: FileGridProps) => {
  const list = useRef<HTMLDivElement>(null)
  const [cursor, setCursor] = useState(0)
  const active = Math.min(cursor, files.length - 1)

  const goTo = (place: number) => {
    const next = Math.max(0, Math.min(files.length - 1, place))
    setCursor(next)
    list.current?.querySelectorAll<HTMLElement>('[role="option"]')[next]?.focus()
  }
  const toggle = (attachmentId: string) => {
    const next = new Set(chosen)
    if (!next.delete(attachmentId)) next.add(attachmentId)
    onChoose(next)
  }
  const onKeyDown = (event: KeyboardEvent, place: number, attachmentId: string) => {
    const perRow = view === 'list' ? 1 : columnsOf(list.current)
    const steps: Readonly<Record<string, number>> = {
      ArrowLeft: -1,
      ArrowRight: 1,
      ArrowUp: -perRow,
      ArrowDown: perRow,
      Home: -files.length,
      End: files.length,
    }
    const step = steps[event.key]
    if (step !== undefined) goTo(place + step)
    else if (event.key === 'Enter') onOpen(attachmentId)
    else if (event.key === ' ') toggle(attachmentId)
    else return
    event.preventDefault()
  }
  return (
    <div ref={list} className={classes.files} data-view={view} role="listbox" aria-multiselectable aria-label="Files">
      {files.map((file, place) => (
        <div
          key={file.attachmentId}
          role="option"
          aria-selected={chosen.has(file.attachmentId)}
          aria-label={shownName(file.name)}
          tabIndex={place === active ? 0 : -1}
          className={classes.tile}
          onFocus={() => setCursor(place)}
          onClick={() => onOpen(file.attachmentId)}
          onKeyDown={(event) => onKeyDown(event, place, file.attachmentId)}
        >
          {/* biome-ignore lint/a11y/noStaticElementInteractions: the keyboard has Space */}
          {/* biome-ignore lint/a11y/useKeyWithClickEvents: as above */}
          <span
            className={classes.check}
            onClick={(event) => {
              event.stopPropagation()
              toggle(file.attachmentId)
            }}
          >
            <Checkbox.Indicator size="xs" checked={chosen.has(file.attachmentId)} aria-hidden />
          </span>
          <Tile file={file} />
        </div>
      ))}
    </div>
  )
}

const columnsOf = (list: HTMLElement | null): number =>
  list === null ? 1 : getComputedStyle(list).gridTemplateColumns.split(' ').length

const Tile = ({ file }: { readonly file: Attachment }) => {
  const picture = useThumbnail(file)
  return (
    <>
      <span className={classes.picture}>
        {picture ? (
          <img src={picture.address} alt="" decoding="async" />
        ) : (
          <KindIcon kind={kindOf(file.mediaType)} size={28} />
        )}
      </span>
      <span className={classes.words}>
        <Text size="sm" truncate title={shownName(file.name)}>
          {shownName(file.name)}
        </Text>
        <Text size="xs" c="dimmed" truncate>
          {factsLine(file)}
        </Text>
        <FileStatusLine attachment={file} isPlain />
      </span>
    </>
  )
}
