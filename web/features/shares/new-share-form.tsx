import { Button, Checkbox, Group, NumberInput, Radio, Stack, Text, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { DirectoryEntry } from '#schema/workspace/queries.ts'
import { useWorkspaceStore } from '#web/livestore/store-views.tsx'
import { createShare, type ShareRole } from '#web/services/shares.ts'
import { ProblemText } from '#web/ui/problem-text.tsx'
import { ExpiryField } from './expiry-field.tsx'
import { redactedWords, roles } from './roles.ts'
import classes from './shares.module.css'

interface NewShareFormProps {
  readonly entry: DirectoryEntry
  /** Others share on less than they have. */
  readonly isOwner: boolean
  readonly onMade: (shareId: string) => void
}

export const NewShareForm = ({ entry, isOwner, onMade }: NewShareFormProps) => {
  const workspace = useWorkspaceStore()
  const [role, setRole] = useState<ShareRole>('viewer')
  const [label, setLabel] = useState('')
  const [expiresAt, setExpiresAt] = useState<Date | null>(null)
  const [maxOpenings, setMaxOpenings] = useState<number | null>(null)
  const [canShare, setCanShare] = useState(false)
  const [redacted, setRedacted] = useState(false)
  const [state, setState] = useState<'idle' | 'busy' | Error>('idle')
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setState('busy')
    const made = await createShare(workspace, entry, { role, label, expiresAt, maxOpenings, canShare, redacted }).catch(
      asError,
    )
    if (made instanceof Error) return setState(made)
    setState('idle')
    setLabel('')
    onMade(made)
  }
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="md">
        <Radio.Group label="What they may do" value={role} onChange={(value) => setRole(value)}>
          <div className={classes.roles}>
            {roles
              .filter((words) => isOwner || words.role !== 'auditor')
              .map((words) => (
                <Radio.Card key={words.role} value={words.role} className={classes.role ?? ''} aria-label={words.label}>
                  <Group gap="sm" wrap="nowrap" align="start">
                    <Radio.Indicator />
                    <div>
                      <Text size="sm" fw={600}>
                        {words.label}
                      </Text>
                      <Text size="sm" c="dimmed">
                        {words.gives}
                      </Text>
                    </div>
                  </Group>
                </Radio.Card>
              ))}
          </div>
        </Radio.Group>
        {isOwner && role === 'editor' && (
          <Checkbox
            label="They may share it on, to read or to write"
            checked={canShare}
            onChange={({ currentTarget }) => setCanShare(currentTarget.checked)}
          />
        )}
        {role === 'auditor' && (
          <Checkbox
            label="Redacted"
            description={redactedWords.gives}
            checked={redacted}
            onChange={({ currentTarget }) => setRedacted(currentTarget.checked)}
          />
        )}
        <div className={classes.fields}>
          <TextInput
            label="For whom"
            description="Only you see this."
            placeholder="Boris"
            value={label}
            maxLength={200}
            autoComplete="off"
            onChange={({ currentTarget }) => {
              setLabel(currentTarget.value)
              setState('idle')
            }}
          />
          <NumberInput
            label="How many may open it"
            description="Each counts once, on all devices."
            placeholder="Any number"
            value={maxOpenings ?? ''}
            min={1}
            max={1_000_000}
            allowDecimal={false}
            allowNegative={false}
            onChange={(value) => setMaxOpenings(typeof value === 'number' ? value : null)}
          />
          <ExpiryField value={expiresAt} onChange={setExpiresAt} />
        </div>
        {state instanceof Error && <ProblemText>The link was not made. {state.message}</ProblemText>}
        <div>
          <Button type="submit" loading={state === 'busy'}>
            Create link
          </Button>
        </div>
      </Stack>
    </form>
  )
}

const asError = (cause: unknown) => (cause instanceof Error ? cause : new Error(String(cause)))
