import { Button, Group, Stack, Text, Textarea } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { recover } from '#web/services/recovery.ts'
import classes from './settings.module.css'

/** Where twelve words bring everything back to a device that knows nothing. */
export const RecoverPage = () => {
  const [words, setWords] = useState('')
  const [state, setState] = useState<'idle' | 'busy' | Error>('idle')
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setState('busy')
    setState((await recover(words)) ?? 'busy') // it ends in another page
  }
  return (
    <form className={classes.join} onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="md" maw={480} w="100%">
        <div>
          <Text fw={600} size="lg">
            Open your account by its recovery key
          </Text>
          <Text c="dimmed" size="sm">
            This device becomes one of yours, and everything that was synced arrives. What is here now comes along.
          </Text>
        </div>
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
          <Button variant="default" renderRoot={(props) => <Link {...props} to="/" />}>
            Go home
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
