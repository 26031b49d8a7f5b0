import { Button, Group, Stack, Textarea } from '@mantine/core'
import { type FormEvent, type ReactNode, useState } from 'react'
import { recover } from '#web/services/recovery.ts'

/** Takes the twelve words; `beside` stands beside its button. */
export const RecoveryForm = ({ beside }: { readonly beside?: ReactNode }) => {
  const [words, setWords] = useState('')
  const [state, setState] = useState<'idle' | 'busy' | Error>('idle')
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setState('busy')
    setState((await recover(words)) ?? 'busy') // it ends in another page
  }
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="md">
        <Textarea
          label="The twelve words"
          autosize
          minRows={3}
          autoComplete="off"
          spellCheck={false}
          value={words}
          onChange={({ currentTarget }) => {
            setWords(currentTarget.value)
            setState('idle')
          }}
          error={state instanceof Error ? state.message : undefined}
        />
        <Group gap="sm">
          <Button type="submit" loading={state === 'busy'} disabled={words.trim() === ''}>
            Open my account
          </Button>
          {beside}
        </Group>
      </Stack>
    </form>
  )
}
