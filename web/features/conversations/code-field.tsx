import { ActionIcon, Autocomplete, Group, Textarea } from '@mantine/core'
import { X } from 'lucide-react'
import classes from './composer.module.css'
import type { CodeDraft } from './drafts.ts'
import { languageOfCode } from './pasted-code.ts'

interface CodeFieldProps {
  readonly code: CodeDraft
  readonly onChange: (code: CodeDraft) => void
  readonly onRemove: () => void
}

const languages =
  'bash c cpp csharp css diff go html java javascript json kotlin markdown php python ruby rust sql swift toml tsx typescript xml yaml'.split(
    ' ',
  )

/** A piece of code that goes with the message. */
export const CodeField = ({ code, onChange, onRemove }: CodeFieldProps) => (
  <div className={classes.code}>
    <Group justify="space-between" gap="sm">
      <Autocomplete
        size="xs"
        w={160}
        aria-label="Language"
        placeholder="Language"
        data={languages}
        value={code.language}
        onChange={(language) => onChange({ ...code, language })}
      />
      <ActionIcon variant="subtle" color="gray" size="sm" onClick={onRemove} aria-label="Remove the code">
        <X size={14} />
      </ActionIcon>
    </Group>
    <Textarea
      aria-label="Code"
      placeholder="Paste or type code"
      variant="unstyled"
      classNames={{ input: classes.codeInput ?? '' }}
      value={code.code}
      onChange={({ currentTarget }) =>
        onChange({ ...code, code: currentTarget.value, language: code.language || languageOfCode(currentTarget.value) })
      }
      autosize
      minRows={2}
      maxRows={12}
      spellCheck={false}
    />
  </div>
)
