import { Box, Button, Group, Paper, Switch, Table, Text, Title } from '@mantine/core'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import type { AlertRule } from '#schema/health/wire.ts'
import { ChangeList } from '#web/features/shards/change-list.tsx'
import classes from '#web/features/shards/shards.module.css'
import { newId } from '#web/livestore/session.ts'
import { alertRuleChanges, keepAlertRule, tryWebhook } from '#web/services/cells/health-calls.ts'
import { useTold } from '#web/services/cells/watch.ts'
import { rulesWatch } from '#web/services/cells/watches.ts'
import { showDone, showRefusal } from '#web/ui/undo.tsx'
import { RuleDialog } from './rule-dialog.tsx'
import { conditionOf, draftOf, newDraft, type RuleDraft, ruleChangeWords, ruleOf } from './rule-words.ts'

interface Edited {
  readonly ruleId: string
  readonly draft: RuleDraft
  readonly secret: string | null
  readonly isNew: boolean
}

/** When somebody is told, and where. */
export const AlertRules = ({ mayOperate }: { readonly mayOperate: boolean }) => {
  const rules = useTold(rulesWatch).value?.rules ?? []
  const [edited, setEdited] = useState<Edited>()
  const turn = async (rule: AlertRule, isOn: boolean) => {
    showRefusal(await keepAlertRule(rule.ruleId, { ...ruleOf(draftOf(rule)), isOn }))
    void rulesWatch.ask()
  }
  return (
    <Paper component="section" withBorder p="md" aria-label="Alert rules">
      <Group justify="space-between" mb="sm" wrap="nowrap">
        <Title order={2} size="md" lh="md">
          When somebody is told
        </Title>
        {mayOperate && (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<Plus size={14} />}
            onClick={() => setEdited({ ruleId: newId(), draft: newDraft, secret: null, isNew: true })}
          >
            New rule
          </Button>
        )}
      </Group>
      <Table verticalSpacing={6} aria-label="Alert rules">
        <Table.Tbody>
          {rules.map((rule) => (
            <Table.Tr key={rule.ruleId}>
              <Table.Td className={classes.words}>
                <Text size="sm" truncate>
                  {rule.name}
                </Text>
                <Text size="xs" c="dimmed">
                  {conditionOf(rule)}
                  {rule.webhook !== null && `, told to ${hostOf(rule.webhook)}`}
                </Text>
              </Table.Td>
              <Table.Td>
                {mayOperate ? (
                  <Group gap="sm" wrap="nowrap">
                    {rule.webhook !== null && (
                      <Button size="compact-xs" variant="default" onClick={() => void test(rule)}>
                        Test
                      </Button>
                    )}
                    <Button
                      size="compact-xs"
                      variant="default"
                      aria-label={`Change ${rule.name}`}
                      onClick={() =>
                        setEdited({ ruleId: rule.ruleId, draft: draftOf(rule), secret: rule.secret, isNew: false })
                      }
                    >
                      Change
                    </Button>
                    <Switch
                      size="xs"
                      aria-label={`${rule.name} is on`}
                      checked={rule.isOn}
                      onChange={({ currentTarget }) => void turn(rule, currentTarget.checked)}
                    />
                  </Group>
                ) : (
                  <Text size="xs" c="dimmed">
                    {rule.isOn ? 'on' : 'off'}
                  </Text>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {mayOperate && (
        <Box mt="sm">
          <ChangeList key={JSON.stringify(rules)} load={alertRuleChanges} wordsOf={ruleChangeWords} />
        </Box>
      )}
      {edited !== undefined && <RuleDialog {...edited} onClose={() => setEdited(undefined)} />}
    </Paper>
  )
}

const test = async ({ ruleId, webhook }: AlertRule) => {
  const tried = await tryWebhook(ruleId)
  if (tried instanceof Error) return void showRefusal(tried)
  const host = hostOf(webhook ?? '')
  if (tried.isDelivered) return showDone(`${host} took it.`)
  showRefusal(
    new Error(`${host} did not take it: ${tried.why ?? `it answered ${tried.status}`}. Nothing else changed.`),
  )
}

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : url)
