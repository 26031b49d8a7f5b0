import { Button, type ButtonProps } from '@mantine/core'
import { type ReactNode, useRef } from 'react'

interface FilePickerProps extends ButtonProps {
  readonly onFiles: (files: readonly File[]) => void
  readonly title?: string
  readonly children: ReactNode
}

/** A button that asks for files. The same file may be chosen twice in a row. */
export const FilePicker = ({ onFiles, children, ...button }: FilePickerProps) => {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <Button {...button} onClick={() => input.current?.click()}>
        {children}
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label="Files to import"
        accept=".json,.zip,.png,.charx,application/json,application/zip,image/png"
        onChange={({ currentTarget }) => {
          onFiles([...(currentTarget.files ?? [])])
          currentTarget.value = ''
        }}
      />
    </>
  )
}
