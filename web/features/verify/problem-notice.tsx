import { Alert, Button, Group, List, Stack, Text } from '@mantine/core'
import { get } from '#web/livestore/device-db.ts'
import { rebuildState } from '#web/livestore/recovery.ts'
import { pool } from '#web/livestore/stores.ts'
import { fetchAgainOfferMine } from '#web/services/history/fetch-again.ts'
import { saveLog } from '#web/services/history/save-log.ts'
import { showDone, showRefusal } from '#web/ui/undo.tsx'
import type { Problem } from './problems.ts'

interface ProblemNoticeProps {
  readonly storeId: string
  readonly problem: Problem
  readonly onMended: () => void
}

/** One thing that is wrong: what, what it means, and what mends it. */
export const ProblemNotice = ({ storeId, problem, onMended }: ProblemNoticeProps) => {
  const { where, title, sentences, means } = problem
  const act = (work: () => Promise<string>) => () =>
    work()
      .then(showDone)
      .catch((error: unknown) => showRefusal(error instanceof Error ? error : new Error(String(error))))
  const save = act(async () => {
    const note = await get('histories', storeId)
    const count = await saveLog(storeId, note ?? { verified: undefined, alert: null })
    return `${count} events are in your downloads.`
  })
  return (
    <Alert color="red" variant="light" title={title}>
      <Stack gap="sm">
        <List size="sm">
          {sentences.slice(0, shown).map((sentence) => (
            <List.Item key={sentence}>{sentence}</List.Item>
          ))}
          {sentences.length > shown && <List.Item>… and {sentences.length - shown} more.</List.Item>}
        </List>
        <Text size="sm">{means}</Text>
        <Group gap="sm">
          {where === 'state' && (
            <Button
              size="xs"
              onClick={act(async () => {
                await rebuildState(storeId)
                await pool.open(storeId)
                onMended()
                return 'The state is made anew from the log.'
              })}
            >
              Rebuild the state
            </Button>
          )}
          <Button size="xs" variant={where === 'state' ? 'default' : 'filled'} onClick={save}>
            Save my log as a file
          </Button>
          {where === 'server' && (
            <Button
              size="xs"
              variant="default"
              onClick={act(async () => {
                const offered = await fetchAgainOfferMine(storeId)
                onMended()
                return `The log is fetched again, and ${offered} events were offered.`
              })}
            >
              Fetch again, offer mine
            </Button>
          )}
        </Group>
      </Stack>
    </Alert>
  )
}

const shown = 20
