import { Button, Group, Modal, NumberInput, SegmentedControl, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import type { Policy } from '#schema/placement/wire.ts'
import { changePolicy, policyChanges } from '#web/services/cells/placement-calls.ts'
import { rebalanceWatch } from '#web/services/cells/watches.ts'
import { byteSize } from '#web/ui/byte-size.ts'
import { wholeNumber } from '#web/ui/charts/numbers.ts'
import { showDone, showRefusal } from '#web/ui/undo.tsx'
import { ChangeList } from './change-list.tsx'

interface PolicyDialogProps {
  readonly policy: Policy
  readonly onClose: () => void
}

/** When a cell counts as full, how often that is looked at, and what happens then; and who changed that when. */
export const PolicyDialog = ({ policy, onClose }: PolicyDialogProps) => {
  const [draft, setDraft] = useState(policy)
  const [isSaving, setSaving] = useState(false)
  const save = async () => {
    setSaving(true)
    const refusal = await changePolicy(draft)
    setSaving(false)
    void rebalanceWatch.ask()
    if (showRefusal(refusal)) return
    showDone('Rebalancing is changed.')
    onClose()
  }
  const field = (key: 'everyMinutes' | 'records' | 'connections', label: string, max?: number) => (
    <NumberInput
      label={label}
      min={1}
      {...(max !== undefined && { max })}
      allowDecimal={false}
      thousandSeparator=","
      value={draft[key]}
      onChange={(value) => typeof value === 'number' && setDraft({ ...draft, [key]: value })}
    />
  )
  return (
    <Modal opened onClose={onClose} title="Rebalancing" centered>
      <Stack gap="md">
        <SegmentedControl
          aria-label="What it does"
          value={draft.mode}
          onChange={(mode) => setDraft({ ...draft, mode })}
          data={[
            { value: 'off', label: 'Off' },
            { value: 'suggest', label: 'Suggest' },
            { value: 'act', label: 'Act' },
          ]}
        />
        {field('everyMinutes', 'Look every … minutes', 10_080)}
        <Text size="sm" c="dimmed">
          A cell is full when it holds more than this:
        </Text>
        {field('records', 'Events')}
        <NumberInput
          label="Megabytes"
          min={1}
          thousandSeparator=","
          value={draft.bytes / megabyte}
          onChange={(value) =>
            typeof value === 'number' && setDraft({ ...draft, bytes: Math.max(1, Math.round(value * megabyte)) })
          }
        />
        {field('connections', 'Connections')}
        <ChangeList load={policyChanges} wordsOf={({ policy }) => policyWords(policy)} />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button loading={isSaving} onClick={() => void save()}>
            Save
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

const policyWords = ({ mode, everyMinutes, records, bytes, connections }: Policy): string =>
  `${mode}, every ${wholeNumber(everyMinutes)} min; full at ${wholeNumber(records)} events, ${byteSize(bytes)}, ${wholeNumber(connections)} connections`

const megabyte = 1_000_000
