import { Button, Group, Stack, Textarea, TextInput } from '@mantine/core'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import type { PersonaDraft } from '#schema/personas/commands.ts'
import { characterCount } from '#schema/shared/text.ts'
import classes from './persona-form.module.css'
import { PortraitField } from './portrait-field.tsx'
import { TraitsField } from './traits-field.tsx'

interface PersonaFormProps {
  readonly initial: PersonaDraft
  readonly submitLabel: string
  /** A new one may be saved as it stands. */
  readonly isNew?: boolean
  /** Writes the draft. What it returns is shown at its field. */
  readonly onSubmit: (draft: PersonaDraft) => Error | undefined
  readonly onCancel?: () => void
}

/** Who a persona is. The same form makes one and revises one. */
export const PersonaForm = ({ initial, submitLabel, isNew = false, onSubmit, onCancel }: PersonaFormProps) => {
  const [draft, setDraft] = useState(initial)
  const form = useRef<HTMLFormElement>(null)
  const [refusal, setRefusal] = useState<Error>()
  const change = (part: Partial<PersonaDraft>) => {
    setDraft((current) => ({ ...current, ...part }))
    setRefusal(undefined)
  }
  const errorAt = (field: Field) => (refusal !== undefined && fieldOf(refusal) === field ? refusal.message : undefined)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setRefusal(onSubmit(draft))
  }
  // Wherever the form is scrolled to, what is wrong comes into sight.
  useEffect(() => {
    if (refusal !== undefined)
      form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [role="alert"]')?.focus()
  }, [refusal])
  const isUnchanged = JSON.stringify(draft) === JSON.stringify(initial)
  return (
    <form ref={form} onSubmit={submit} noValidate>
      <Stack gap="md">
        <PortraitField
          name={draft.name}
          hue={draft.hue}
          avatar={draft.avatar}
          error={errorAt('portrait')}
          onChange={change}
        />
        <TextInput
          label="Name"
          value={draft.name}
          onChange={({ currentTarget }) => change({ name: currentTarget.value })}
          error={errorAt('name')}
          maxLength={200}
          aria-required
        />
        <Textarea
          label="Personality"
          description="Who it is, what it cares about, how it thinks."
          value={draft.personality}
          onChange={({ currentTarget }) => change({ personality: currentTarget.value })}
          error={errorAt('personality')}
          autosize
          minRows={3}
          maxRows={12}
        />
        <TextInput
          label="Tone"
          placeholder="Warm, short sentences"
          value={draft.tone}
          onChange={({ currentTarget }) => change({ tone: currentTarget.value })}
        />
        <Textarea
          label="System prompt"
          description={`What a model is told before every talk. ${characterCount(draft.systemPrompt).toLocaleString()} of 2,000 characters.`}
          value={draft.systemPrompt}
          onChange={({ currentTarget }) => change({ systemPrompt: currentTarget.value })}
          error={
            errorAt('systemPrompt') ??
            (characterCount(draft.systemPrompt) > 2000 ? 'A system prompt has at most 2,000 characters.' : undefined)
          }
          autosize
          minRows={3}
          maxRows={12}
        />
        <TraitsField
          traits={draft.traits}
          customTraits={draft.customTraits}
          error={errorAt('traits')}
          onChange={change}
        />
        <Group gap="sm" className={classes.actions ?? ''}>
          <Button type="submit" disabled={isUnchanged && !isNew}>
            {submitLabel}
          </Button>
          {onCancel !== undefined && (
            <Button variant="default" onClick={onCancel}>
              Cancel
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  )
}

type Field = 'name' | 'personality' | 'systemPrompt' | 'portrait' | 'traits'

/** At which field a refusal is shown. What belongs to none stands at the name, where it is seen. */
const fieldOf = (refusal: Error): Field => {
  const tag = '_tag' in refusal ? refusal._tag : undefined
  if (tag === 'SystemPromptTooLong') return 'systemPrompt'
  if (tag === 'PersonalityTooLong') return 'personality'
  if (tag === 'AvatarTooLarge' || tag === 'HueOutOfRange') return 'portrait'
  if (tag === 'TraitOutOfRange') return 'traits'
  return 'name'
}
