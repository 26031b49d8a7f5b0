import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { SetAside } from '#web/livestore/device-db.ts'
import { letGo, offerAgain, setAsides } from '#web/livestore/recovery.ts'
import { RelativeTime } from '#web/ui/times.tsx'
import { showDone, showRefusal } from '#web/ui/undo.tsx'

/** What was taken out of a shard that could not keep it, until it is offered again, saved to a file, or let go. */
export const SetAsides = ({ nameOf }: { readonly nameOf: (storeId: string) => string }) => {
  const [asides, setAll] = useState<readonly SetAside[]>([])
  const read = () => void setAsides().then(setAll)
  useEffect(read, [])
  const act = (work: () => Promise<string>) => () =>
    work()
      .then(showDone)
      .catch((error: unknown) => showRefusal(error instanceof Error ? error : new Error(String(error))))
      .finally(read)
  return asides.map((aside) => (
    <Alert
      key={aside.id}
      color="yellow"
      variant="light"
      title={`${aside.facts.length} events of ${nameOf(aside.storeId)} are set aside`}
    >
      <Stack gap="sm">
        <Text size="sm">
          {aside.reason} Set aside <RelativeTime at={aside.at} />. They are safe on this device.
        </Text>
        <Group gap="sm">
          <Button
            size="xs"
            onClick={act(async () => `${await offerAgain(aside)} events are back in ${nameOf(aside.storeId)}.`)}
          >
            Offer again
          </Button>
          <Button size="xs" variant="default" onClick={() => download(aside)}>
            Save as a file
          </Button>
          <Button
            size="xs"
            variant="subtle"
            color="red"
            onClick={act(async () => {
              download(aside)
              await letGo(aside.id)
              return 'Let go. A copy is in your downloads.'
            })}
          >
            Let go
          </Button>
        </Group>
      </Stack>
    </Alert>
  ))
}

const download = (aside: SetAside) => {
  const url = URL.createObjectURL(new Blob([JSON.stringify(aside, null, 1)], { type: 'application/json' }))
  const link = Object.assign(document.createElement('a'), { href: url, download: `set-aside-${aside.storeId}.json` })
  link.click()
  URL.revokeObjectURL(url)
}
