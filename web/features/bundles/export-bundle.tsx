import { Alert, Button, Group, PasswordInput, SegmentedControl, Stack, Text, Textarea } from '@mantine/core'
import { FileArchive } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import type { SealedFor } from '#bundle/secrets.ts'
import { persona$ } from '#schema/personas/queries.ts'
import { usePersonaId, usePersonaStore, useWorkspaceStore } from '#web/livestore/store-views.tsx'
import { personaStoreId } from '#web/livestore/stores.ts'
import type { Made } from '#web/services/bundle/bundle-protocol.ts'
import { chosenPlace, exportBundle } from '#web/services/bundle/bundles.ts'
import { anchorsIn } from '#web/services/history/keep-history.ts'
import { byteSize } from '#web/ui/byte-size.ts'
import { ProblemText } from '#web/ui/problem-text.tsx'
import classes from './bundles.module.css'
import { recipientsIn, strangeRecipient } from './recipients.ts'
import { RunningBundle } from './running-bundle.tsx'
import { useRunning } from './use-running.ts'

/** One persona in one file, sealed for whoever knows the passphrase or holds a key. */
export const ExportBundle = () => {
  const personaId = usePersonaId()
  const workspace = useWorkspaceStore()
  const name = usePersonaStore().useQuery(persona$)?.name ?? 'persona'
  const { state, run, end } = useRunning<Made>()
  const [way, setWay] = useState<'passphrase' | 'recipients'>('passphrase')
  const [passphrase, setPassphrase] = useState('')
  const [again, setAgain] = useState('')
  const [recipients, setRecipients] = useState('')
  const [problem, setProblem] = useState<string>()

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const sealedFor = sealedForFrom({ way, passphrase, again, recipients })
    if (typeof sealedFor === 'string') return setProblem(sealedFor)
    setProblem(undefined)
    const fileName = `${name}.persona`
    const out = await chosenPlace(fileName)
    if (out === undefined) return
    const anchors = anchorsIn(workspace, personaStoreId(personaId))
    run((onProgress) => exportBundle({ personaId, fileName, anchors, sealedFor, out }, onProgress))
  }
  return (
    <section className={classes.room} aria-labelledby="export-bundle">
      <div>
        <h2 id="export-bundle" className={classes.title}>
          Export {name} as a bundle
        </h2>
        <Text size="sm" c="dimmed">
          One file with everything the server has: the log with its chain and signatures, and all files, sealed. It can
          be kept, and verified and replayed by an auditor, without a server and without an account.
        </Text>
      </div>
      {state.is === 'running' ? (
        <RunningBundle title={`Exporting ${name}`} progress={state.progress} onCancel={end} />
      ) : (
        <form onSubmit={(event) => void submit(event)} noValidate>
          <Stack gap="md" align="start">
            <SegmentedControl
              aria-label="What opens it"
              value={way}
              onChange={(value) => setWay(value === 'recipients' ? 'recipients' : 'passphrase')}
              data={[
                { value: 'passphrase', label: 'A passphrase' },
                { value: 'recipients', label: 'An age key' },
              ]}
            />
            {way === 'passphrase' ? (
              <Group gap="md" align="start" w="100%">
                <PasswordInput
                  label="Passphrase"
                  description="Nobody can open the bundle without it."
                  autoComplete="new-password"
                  flex="1 1 220px"
                  value={passphrase}
                  onChange={({ currentTarget }) => setPassphrase(currentTarget.value)}
                />
                <PasswordInput
                  label="Once more"
                  description="So that it is what you meant."
                  autoComplete="new-password"
                  flex="1 1 220px"
                  value={again}
                  onChange={({ currentTarget }) => setAgain(currentTarget.value)}
                />
              </Group>
            ) : (
              <Textarea
                label="Recipients"
                description="Public keys of age, one a line: age1…"
                w="100%"
                autosize
                minRows={2}
                value={recipients}
                onChange={({ currentTarget }) => setRecipients(currentTarget.value)}
              />
            )}
            {problem !== undefined && <ProblemText>{problem}</ProblemText>}
            <Button type="submit" leftSection={<FileArchive size={16} aria-hidden />}>
              Export
            </Button>
          </Stack>
        </form>
      )}
      {state.is === 'failed' && (
        <Alert color="red" variant="light" title="The bundle was not made">
          {state.problem.message} What is here is as it was.
        </Alert>
      )}
      {state.is === 'done' && (
        <Text size="sm" role="status">
          {name}.persona is saved: {state.answer.events.toLocaleString()} events, {state.answer.blobs.toLocaleString()}{' '}
          parts of files, {byteSize(state.answer.bytes)}.
        </Text>
      )}
    </section>
  )
}

interface Given {
  readonly way: 'passphrase' | 'recipients'
  readonly passphrase: string
  readonly again: string
  readonly recipients: string
}

const sealedForFrom = ({ way, passphrase, again, recipients }: Given): SealedFor | string => {
  if (way === 'passphrase') {
    if (passphrase === '') return 'Say the passphrase that is to open it.'
    return passphrase === again ? { passphrase } : 'The two passphrases differ.'
  }
  const keys = recipientsIn(recipients)
  if (keys.length === 0) return 'Give at least one recipient, such as age1….'
  const strange = strangeRecipient(keys)
  return strange === undefined ? { recipients: keys } : `“${strange}” is no recipient, such as age1….`
}
