import { Radio, Stack, Switch, Text } from '@mantine/core'
import { useId } from 'react'
import { revisePrivacy } from '#schema/personas/privacy-commands.ts'
import { privacy$ } from '#schema/personas/privacy-queries.ts'
import type { PrivacySettings as Settings } from '#schema/personas/state.ts'
import { execute } from '#web/livestore/execute.ts'
import { stampNow } from '#web/livestore/session.ts'
import { usePersonaId, usePersonaStore } from '#web/livestore/store-views.tsx'
import { useIsOwner } from '#web/livestore/use-right.ts'
import { showRefusal } from '#web/ui/undo.tsx'
import { Consents } from './consents.tsx'
import profile from './persona-profile.module.css'

/** What of a persona may go to a model, and who agreed to it: seen by whoever has the persona, decided by its owner. */
export const PrivacySettings = () => {
  const store = usePersonaStore()
  const personaId = usePersonaId()
  const isOwner = useIsOwner()
  const heading = useId()
  const privacy = store.useQuery(privacy$)
  const revise = (change: Partial<Settings>) => {
    showRefusal(execute(store, revisePrivacy(personaId, privacy, { ...privacy, ...change }, stampNow())))
  }
  return (
    <section aria-labelledby={heading}>
      <h3 id={heading} className={profile.title}>
        Privacy
      </h3>
      <Stack gap="md">
        {!isOwner && (
          <Text size="sm" c="dimmed">
            Only the owner of this persona changes this.
          </Text>
        )}
        <Choice
          label="What may go to a model"
          value={privacy.leaves}
          options={leavesOptions}
          isOwner={isOwner}
          onChange={(leaves) => revise({ leaves })}
        />
        <Switch
          label="Memories may be put into prompts"
          checked={privacy.memoriesInPrompts}
          disabled={!isOwner}
          onChange={({ currentTarget }) => revise({ memoriesInPrompts: currentTarget.checked })}
        />
        <Choice
          label="When something said is worth remembering"
          value={privacy.proposals}
          options={proposalOptions}
          isOwner={isOwner}
          onChange={(proposals) => revise({ proposals })}
        />
        {privacy.proposals !== 'never' && (
          <Choice
            label="Who looks for it when you leave a chat"
            value={privacy.lookedThroughBy}
            options={lookedThroughByOptions}
            isOwner={isOwner}
            onChange={(lookedThroughBy) => revise({ lookedThroughBy })}
          />
        )}
        <Consents />
      </Stack>
    </section>
  )
}

interface ChoiceProps<Value extends string> {
  readonly label: string
  readonly value: Value
  readonly options: readonly (readonly [Value, string])[]
  readonly isOwner: boolean
  readonly onChange: (value: Value) => void
}

const Choice = <Value extends string>({ label, value, options, isOwner, onChange }: ChoiceProps<Value>) => (
  <Radio.Group label={label} value={value}>
    <Stack gap={8} mt={8}>
      {options.map(([option, text]) => (
        <Radio key={option} value={option} label={text} disabled={!isOwner} onChange={() => onChange(option)} />
      ))}
    </Stack>
  </Radio.Group>
)

const leavesOptions = [
  ['nothing', 'Nothing: it answers from its memory alone'],
  ['local', 'Only to models on this device or in its network'],
  ['any', 'To any provider that was agreed to'],
] as const

const lookedThroughByOptions = [
  ['model', 'Its model, where it may be asked; else the built-in rules'],
  ['built-in', 'The built-in rules: the first words of sentences, no model'],
  ['nobody', 'Nobody'],
] as const

const proposalOptions = [
  ['never', 'Do nothing'],
  ['ask', 'Propose it, and ask'],
  ['alone', 'Remember it without asking, where that was agreed to'],
] as const
