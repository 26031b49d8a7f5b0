import { Alert, Button, FileButton, List, Stack, Text } from '@mantine/core'
import { FileSearch, ShieldCheck, ShieldX } from 'lucide-react'
import { useRef } from 'react'
import type { VerifiedBundle } from '#web/services/bundle/bundle-protocol.ts'
import { verifyBundleFile } from '#web/services/bundle/bundles.ts'
import { useFileDrop } from '#web/ui/use-file-drop.ts'
import classes from './bundles.module.css'
import { RunningBundle } from './running-bundle.tsx'
import { useRunning } from './use-running.ts'

interface Verified extends VerifiedBundle {
  readonly fileName: string
}

/** Says of a bundle whether it is intact and complete. Nothing of it is taken in, opened, or sent anywhere. */
export const VerifyBundle = () => {
  const { state, run, end } = useRunning<Verified>()
  const inside = useRef<HTMLDivElement>(null)
  const verify = (files: readonly File[]) => {
    const [file] = files
    if (file === undefined) return
    run((onProgress) => {
      const running = verifyBundleFile(file, onProgress)
      return { ...running, answer: running.answer.then((verified) => ({ ...verified, fileName: file.name })) }
    })
  }
  const isOver = useFileDrop(inside, verify)
  return (
    <section className={classes.room} aria-labelledby="verify-bundle">
      <div>
        <h2 id="verify-bundle" className={classes.title}>
          Verify a bundle
        </h2>
        <Text size="sm" c="dimmed">
          Any .persona file, whoever made it. It is read on this device; nothing of it is taken in or sent anywhere, and
          no passphrase is asked for.
        </Text>
      </div>
      {state.is === 'running' ? (
        <RunningBundle title="Verifying the bundle" progress={state.progress} onCancel={end} />
      ) : (
        <div ref={inside} className={classes.drop} data-over={isOver || undefined}>
          <Text size="sm">Drop a bundle here</Text>
          <FileButton accept=".persona" onChange={(file) => verify(file === null ? [] : [file])}>
            {(props) => (
              <Button {...props} variant="default" leftSection={<FileSearch size={16} aria-hidden />}>
                Choose a file
              </Button>
            )}
          </FileButton>
        </div>
      )}
      {state.is === 'failed' && (
        <Alert color="red" variant="light" title="This cannot be read as a bundle">
          {state.problem.message}
        </Alert>
      )}
      {state.is === 'done' && <Verdict verified={state.answer} />}
    </section>
  )
}

const Verdict = ({ verified }: { readonly verified: Verified }) => {
  const { fileName, verification, sentences, storeId, serverKeys, blobs } = verified
  const { isIntact, isComplete, events, attestedUpTo, head, unsaid } = verification
  const isSound = isIntact && isComplete
  return (
    <Alert
      color={isSound ? 'gray' : 'red'}
      variant={isSound ? 'default' : 'light'}
      icon={isSound ? <ShieldCheck size={20} aria-hidden /> : <ShieldX size={20} aria-hidden />}
      title={isSound ? `${fileName} is intact and complete` : `${fileName} is ${isIntact ? 'not complete' : 'broken'}`}
    >
      <Stack gap="sm" role="status">
        <dl className={classes.verdict}>
          <dt>Intact</dt>
          <dd>{isIntact ? 'Yes: what is there is what was accepted.' : 'No.'}</dd>
          <dt>Complete</dt>
          <dd>{isComplete ? 'Yes: nothing is missing that anybody attests.' : 'No.'}</dd>
          <dt>Log</dt>
          <dd>
            {events.toLocaleString()} events and {blobs.toLocaleString()} parts of files of{' '}
            <span className={classes.key}>{storeId}</span>, attested up to event {attestedUpTo.toLocaleString()}.
          </dd>
          {head !== null && (
            <>
              <dt>Ends with</dt>
              <dd>
                event {head.seq.toLocaleString()}, <span className={classes.key}>{head.hash}</span>
              </dd>
            </>
          )}
          <dt>Signed by</dt>
          <dd>
            {serverKeys.map((key) => (
              <span key={key} className={classes.key}>
                {key}
              </span>
            ))}
            , as the bundle says. Its owner can tell you whether that is the key of the server.
          </dd>
        </dl>
        {sentences.length > 0 && (
          <List size="sm">
            {sentences.map((sentence) => (
              <List.Item key={sentence}>{sentence}</List.Item>
            ))}
            {unsaid > 0 && <List.Item>… and {unsaid} more.</List.Item>}
          </List>
        )}
      </Stack>
    </Alert>
  )
}
