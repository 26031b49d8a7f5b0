import { Stack, Text } from '@mantine/core'
import { FileUp } from 'lucide-react'
import { FilePicker } from './file-picker.tsx'
import classes from './imports.module.css'

const formats = [
  ['ChatGPT', 'the .zip it mails you, or conversations.json'],
  ['Character cards', 'PNG, JSON or .charx, V1 to V3, with their lorebooks'],
  ['Lorebooks', 'JSON; each entry becomes a memory'],
  ['PJai', 'a persona exported from here'],
] as const

export const ChoosingView = ({ onFiles }: { readonly onFiles: (files: readonly File[]) => void }) => (
  <div className={classes.dropZone}>
    <Stack align="center" gap="sm">
      <FileUp size={28} aria-hidden />
      <Text fw={600}>Drop files here</Text>
      <FilePicker onFiles={onFiles}>Choose files</FilePicker>
      <Text size="sm" c="dimmed" ta="center">
        They are read on this device. Nothing is written before you have seen what they would bring.
      </Text>
    </Stack>
    <dl className={classes.formats}>
      {formats.map(([name, what]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{what}</dd>
        </div>
      ))}
    </dl>
  </div>
)
