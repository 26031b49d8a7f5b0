import { Button, Group, Modal, NumberInput, SimpleGrid, Stack, TagsInput, Textarea } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { tagConversation, tuneConversation } from '#schema/conversations/commands.ts'
import { defaultSettings } from '#schema/conversations/defaults.ts'
import { ConversationTagIllegal, SettingOutOfRange } from '#schema/conversations/refusals.ts'
import type { Conversation } from '#schema/conversations/state.ts'
import { execute } from '#web/livestore/execute.ts'
import { stampNow } from '#web/livestore/session.ts'
import { usePersonaStore } from '#web/livestore/store-views.tsx'
import { showRefusal } from '#web/ui/undo.tsx'

const numbers = [
  ['temperature', 'Temperature', '0–2: how daring the words are', 0.1],
  ['maxTokens', 'Longest answer', '1–32 000 tokens', 100],
  ['topP', 'Top P', '0–1: how many words are considered', 0.05],
  ['frequencyPenalty', 'Frequency penalty', '−2–2: against repeating words', 0.1],
  ['presencePenalty', 'Presence penalty', '−2–2: against staying with a topic', 0.1],
] as const

/** What a model is told in this conversation. A refusal stands at the field it is about. */
export const ConversationSettings = ({
  conversation,
  onClose,
}: {
  readonly conversation: Conversation
  readonly onClose: () => void
}) => {
  const store = usePersonaStore()
  const [settings, setSettings] = useState(conversation.settings)
  const [tags, setTags] = useState([...conversation.tags])
  const [refusal, setRefusal] = useState<Error | undefined>()

  const save = (event: FormEvent) => {
    event.preventDefault()
    const stamp = stampNow()
    const tuned = same(settings, conversation.settings) ? [] : tuneConversation(conversation, settings, stamp)
    if (tuned instanceof Error) return setRefusal(tuned)
    const tagged = same(tags, conversation.tags) ? [] : tagConversation(conversation, tags, stamp)
    if (tagged instanceof Error) return setRefusal(tagged)
    if (!showRefusal(execute(store, [tuned, tagged].flat()))) onClose()
  }
  const errorAt = (setting: string) =>
    refusal instanceof SettingOutOfRange && refusal.setting === setting ? refusal.message : undefined

  return (
    <Modal opened onClose={onClose} title="Settings of this conversation">
      <form onSubmit={save} noValidate>
        <Stack>
          <TagsInput
            label="Tags"
            placeholder={tags.length === 0 ? 'Type and press Enter' : ''}
            value={tags}
            onChange={setTags}
            error={refusal instanceof ConversationTagIllegal ? refusal.message : undefined}
          />
          <Textarea
            label="System prompt"
            description={`Told to the model before anything else. ${settings.systemPrompt.length} of 2 000 characters.`}
            autosize
            minRows={3}
            maxRows={10}
            value={settings.systemPrompt}
            onChange={({ currentTarget }) => setSettings({ ...settings, systemPrompt: currentTarget.value })}
            error={errorAt('systemPrompt')}
          />
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            {numbers.map(([setting, label, description, step]) => (
              <NumberInput
                key={setting}
                label={label}
                description={description}
                step={step}
                clampBehavior="none"
                value={settings[setting]}
                // An empty field is no number: the refusal says what is.
                onChange={(value) => setSettings({ ...settings, [setting]: value === '' ? Number.NaN : Number(value) })}
                error={errorAt(setting)}
              />
            ))}
          </SimpleGrid>
          <Group justify="space-between">
            <Button variant="subtle" color="gray" onClick={() => setSettings(defaultSettings)}>
              Reset
            </Button>
            <Group gap="sm">
              <Button variant="default" onClick={onClose}>
                Cancel
              </Button>
              <Button type="submit">Save</Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)
