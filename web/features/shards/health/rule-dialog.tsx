import { Button, Group, Modal, NumberInput, Select, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Measure } from '#schema/health/wire.ts'
import { keepAlertRule, removeAlertRule } from '#web/services/cells/health-calls.ts'
import { rulesWatch } from '#web/services/cells/watches.ts'
import { showDone, showRefusal } from '#web/ui/undo.tsx'
import { measures, type RuleDraft, ruleOf } from './rule-words.ts'

interface RuleDialogProps {
  readonly ruleId: string
  readonly draft: RuleDraft
  /** Signs what is told to the webhook. */
  readonly secret: string | null
  readonly isNew: boolean
  readonly onClose: () => void
}

export const RuleDialog = ({ ruleId, draft: begun, secret, isNew, onClose }: RuleDialogProps) => {
  const [draft, setDraft] = useState(begun)
  const [isBusy, setBusy] = useState(false)
  const { kind } = measures[draft.measure]
  const act = async (asked: Promise<Error | undefined>, done: string) => {
    setBusy(true)
    const refusal = await asked
    setBusy(false)
    void rulesWatch.ask()
    if (showRefusal(refusal)) return
    showDone(done)
    onClose()
  }
  return (
    <Modal opened onClose={onClose} title={isNew ? 'New rule' : 'Change the rule'} centered>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void act(keepAlertRule(ruleId, ruleOf(draft)), 'The rule is kept.')
        }}
      >
        <Stack gap="md">
          <TextInput
            label="Name"
            required
            maxLength={100}
            value={draft.name}
            onChange={({ currentTarget }) => setDraft({ ...draft, name: currentTarget.value })}
          />
          <Select
            label="What is looked at"
            allowDeselect={false}
            value={draft.measure}
            onChange={(_, { value }) => setDraft({ ...draft, measure: isMeasure(value) ? value : draft.measure })}
            data={Object.entries(measures).map(([value, { label }]) => ({ value, label }))}
          />
          {kind === 'state' && (
            <Select
              label="Is"
              allowDeselect={false}
              value={draft.is}
              onChange={(is) => setDraft({ ...draft, is: is === 'degraded' ? is : 'down' })}
              data={['degraded', 'down']}
            />
          )}
          {kind !== 'state' && kind !== 'flag' && (
            <NumberInput
              label={`Above${unitOf[kind]}`}
              min={0}
              value={draft.above}
              onChange={(above) => setDraft({ ...draft, above: Number(above) })}
            />
          )}
          <NumberInput
            label="For so many minutes"
            description="0: at once"
            min={0}
            max={1440}
            value={draft.forMinutes}
            onChange={(minutes) => setDraft({ ...draft, forMinutes: Number(minutes) })}
          />
          <TextInput
            label="Webhook"
            description="An https address that is told too; it says who it is by a signature"
            type="url"
            value={draft.webhook}
            onChange={({ currentTarget }) => setDraft({ ...draft, webhook: currentTarget.value })}
          />
          {secret !== null && draft.webhook !== '' && (
            <TextInput
              label="Its secret"
              description="By it the receiver knows that the signature is this server’s"
              readOnly
              ff="monospace"
              value={secret}
              onFocus={({ currentTarget }) => currentTarget.select()}
            />
          )}
          <Group justify="space-between" gap="sm">
            {isNew ? (
              <span />
            ) : (
              <Button
                variant="subtle"
                color="red"
                disabled={isBusy}
                onClick={() => void act(removeAlertRule(ruleId), 'The rule is removed.')}
              >
                Remove
              </Button>
            )}
            <Group gap="sm">
              <Button variant="default" onClick={onClose}>
                Cancel
              </Button>
              <Button type="submit" loading={isBusy}>
                Keep
              </Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

const unitOf = { count: '', ms: ', in milliseconds', part: ', in percent', minutes: ', in minutes' } as const

const isMeasure = (text: string): text is Measure => text in measures
