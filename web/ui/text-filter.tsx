import { CloseButton, Text, TextInput } from '@mantine/core'
import { Search } from 'lucide-react'
import { type KeyboardEvent, useRef } from 'react'
import { useKeys } from './use-keys.ts'
import { useWaitingText } from './use-waiting-text.ts'

interface TextFilterProps {
  readonly value: string
  readonly onChange: (value: string) => void
  /** To the list that it narrows. */
  readonly onLeave: () => void
}

/** Narrows a moment after the last key. `/` comes here, Enter and arrow down go on to the list, Escape clears and goes. */
export const TextFilter = ({ value, onChange, onLeave }: TextFilterProps) => {
  const [text, setText] = useWaitingText(value, onChange, 150)
  const input = useRef<HTMLInputElement>(null)
  useKeys({
    '/': (event) => {
      event.preventDefault()
      input.current?.select()
      input.current?.focus()
    },
  })
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') setText('')
    if (!['Escape', 'Enter', 'ArrowDown'].includes(event.key)) return
    event.preventDefault()
    event.stopPropagation()
    onLeave()
  }
  return (
    <TextInput
      ref={input}
      size="xs"
      flex="1 1 160px"
      maw={{ sm: 280 }}
      type="search"
      aria-label="Filter by text"
      placeholder="Filter by text"
      leftSection={<Search size={14} aria-hidden />}
      rightSection={
        text === '' ? (
          <Text span size="xs" c="dimmed" visibleFrom="sm" aria-hidden>
            /
          </Text>
        ) : (
          <CloseButton size="xs" aria-label="Any text" onClick={() => setText('')} />
        )
      }
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={onKeyDown}
    />
  )
}
