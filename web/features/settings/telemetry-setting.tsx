import { List, Switch, Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import { choosePreference } from '#schema/workspace/commands.ts'
import { preference$ } from '#schema/workspace/queries.ts'
import { execute } from '#web/livestore/execute.ts'
import { stampNow } from '#web/livestore/session.ts'
import { useIsPast, useWorkspaceStore } from '#web/livestore/store-views.tsx'
import { asksNotToBeTracked, isTelemetryWanted, telemetryKey } from '#web/services/telemetry/telemetry.ts'
import { showRefusal } from '#web/ui/undo.tsx'

/** What a server is told of waits, whether this one wants to know, and the way to tell it nothing. */
export const TelemetrySetting = () => {
  const store = useWorkspaceStore()
  const isPast = useIsPast()
  const isOff = store.useQuery(preference$(telemetryKey)) === 'off'
  const [isWanted, setWanted] = useState<boolean>()
  useEffect(() => {
    void isTelemetryWanted().then(setWanted)
  }, [])
  const isAgainst = asksNotToBeTracked()
  return (
    <>
      <Switch
        label="Tell the server how long I wait"
        description={isAgainst ? 'Your browser asks not to be tracked, so nothing is told.' : wordsOf(isWanted)}
        checked={!isOff && !isAgainst}
        disabled={isAgainst || isPast}
        onChange={({ currentTarget }) =>
          showRefusal(execute(store, choosePreference(telemetryKey, currentTarget.checked ? 'on' : 'off', stampNow())))
        }
      />
      <Text size="sm" mt="md">
        What it would be told, and nothing else:
      </Text>
      <List size="sm" spacing={2} mt={4}>
        <List.Item>how long a start took, and showing a persona</List.Item>
        <List.Item>how long opening a store took, and how many events its log has</List.Item>
        <List.Item>how long until what you wrote was saved here, and on the server</List.Item>
        <List.Item>how long until the first word of an answer came</List.Item>
        <List.Item>that a store, a model, the connection or a script failed; not how</List.Item>
      </List>
    </>
  )
}

const wordsOf = (isWanted: boolean | undefined): string => {
  if (isWanted === undefined) return 'Asking the server…'
  return isWanted ? 'This server measures that.' : 'This server does not measure that: nothing is told.'
}
