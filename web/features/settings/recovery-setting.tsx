import { Button, Group, Loader, Stack, Text } from '@mantine/core'
import { Check, Download, KeyRound } from 'lucide-react'
import { useCallback, useEffect, useState } from 'react'
import { makeRecoveryKey, recoveryMadeAt } from '#web/services/recovery.ts'
import { downloadText } from '#web/ui/charts/download.ts'
import { RelativeTime } from '#web/ui/times.tsx'
import { showRefusal } from '#web/ui/undo.tsx'
import classes from './settings.module.css'

/** The words are shown once, when they are made: nobody can show them again. */
export const RecoverySetting = () => {
  const [madeAt, setMadeAt] = useState<Date | null | Error>()
  const [words, setWords] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  const load = useCallback(() => void recoveryMadeAt().then(setMadeAt), [])
  useEffect(load, [load])
  const make = async () => {
    setBusy(true)
    const made = await makeRecoveryKey()
    setBusy(false)
    if (made instanceof Error) showRefusal(made)
    else setWords(made)
    load()
  }

  if (words !== undefined) return <Words words={words} onKept={() => setWords(undefined)} />
  if (madeAt === undefined) return <Loader size="sm" role="status" aria-label="Asking the server" />
  const hasKey = madeAt instanceof Date
  return (
    <Group gap="sm">
      <Text size="sm" c="dimmed" className={classes.grow}>
        {madeAt instanceof Error ? madeAt.message : hasKey ? <Made at={madeAt} /> : 'You have none yet.'}
      </Text>
      <Button
        variant={hasKey ? 'default' : 'filled'}
        leftSection={<KeyRound size={16} aria-hidden />}
        loading={isBusy}
        onClick={() => void make()}
      >
        {hasKey ? 'Make a new one' : 'Make a recovery key'}
      </Button>
    </Group>
  )
}

const Made = ({ at }: { readonly at: Date }) => (
  <>
    Made <RelativeTime at={at} />. A new one makes it worthless.
  </>
)

interface WordsProps {
  readonly words: string
  readonly onKept: () => void
}

const Words = ({ words, onKept }: WordsProps) => (
  <Stack gap="sm">
    <Text size="sm">
      Write these twelve words down, in this order, and keep them where no stranger looks. They are shown only now.
    </Text>
    <ol className={classes.words} aria-label="Recovery key">
      {words.split(' ').map((word, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a word may come twice, and the order never changes
        <li key={place}>{word}</li>
      ))}
    </ol>
    <Group gap="sm">
      <Button leftSection={<Check size={16} aria-hidden />} onClick={onKept}>
        I have kept them
      </Button>
      <Button
        variant="default"
        leftSection={<Download size={16} aria-hidden />}
        onClick={() => downloadText('pjai-recovery-key.txt', 'text/plain', fileOf(words))}
      >
        Save as a file
      </Button>
    </Group>
  </Stack>
)

const fileOf = (words: string) =>
  `PJai recovery key\n\n${words}\n\nOpens ${location.origin}/recover on a new device. Whoever has these words has everything.\n`
