import { Button, Group, Loader, Stack, Text } from '@mantine/core'
import { Download } from 'lucide-react'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { kindOf, shownName } from '#schema/attachments/kinds.ts'
import { type FileLink, fileLinkIn } from '#sealing/file-link.ts'
import { type LinkedFile, lookAtFile, readFile } from '#web/services/linked-file.ts'
import { ServerAway } from '#web/services/server.ts'
import { byteSize } from '#web/ui/byte-size.ts'
import { EmptyState } from '#web/ui/empty-state.tsx'
import { KindIcon } from '#web/ui/media/kind-icon.tsx'
import { MediaView } from '#web/ui/media/media-view.tsx'
import { ProblemText } from '#web/ui/problem-text.tsx'
import { saveBlob } from '#web/ui/save-blob.ts'
import { exactTime } from '#web/ui/times.tsx'
import { useSecretFragment } from '#web/ui/use-secret-fragment.ts'
import classes from './linked-file-page.module.css'

/** Where a public link to a file leads. It opens no workspace: whoever comes may have none. */
export const LinkedFilePage = () => {
  const fragment = useSecretFragment()
  const link = useMemo(() => fileLinkIn(fragment), [fragment])
  if (link === undefined)
    return (
      <EmptyState
        title="This link leads to no file"
        text="It is cut short or changed. Copy all of it from where it was sent to you."
      />
    )
  return <Opening key={`${link.token} ${link.linkKey}`} link={link} />
}

const Opening = ({ link: given }: { readonly link: FileLink }) => {
  const [link] = useState(given) // another link has another key
  const { found, look } = useFile(link)
  if (found === undefined)
    return <EmptyState title="Opening the link" text="…" action={<Loader size="sm" aria-label="Asking the server" />} />
  if (found instanceof Error)
    return (
      <EmptyState
        title="This file does not open"
        text={`${found.message} Ask whoever sent it.`}
        action={
          found instanceof ServerAway && (
            <Button variant="default" onClick={look}>
              Try again
            </Button>
          )
        }
      />
    )
  return <File link={link} file={found} />
}

const File = ({ link, file: { card, expiresAt } }: { readonly link: FileLink; readonly file: LinkedFile }) => {
  const name = shownName(card.name)
  const kind = kindOf(card.mediaType)
  const isPreviewed = kind === 'image' && card.bytes < previewedBytes
  const { state, read } = useBytes(link, card, isPreviewed)
  useEffect(() => {
    document.title = `${name} · PJai`
  }, [name])
  const save = async () => {
    const shown = await read()
    if (shown !== undefined) saveBlob(shown.blob, name)
  }
  return (
    <main className={classes.page}>
      <Group gap="md" wrap="nowrap" className={classes.head}>
        <KindIcon kind={kind} size={32} />
        <div className={classes.words}>
          <Text component="h1" size="lg" fw={600} m={0} truncate title={name}>
            {name}
          </Text>
          <Text size="sm" c="dimmed">
            {[byteSize(card.bytes), kindWords[kind ?? ''] ?? 'file'].join(' · ')}
            {expiresAt !== null && ` · until ${exactTime(expiresAt)}`}
          </Text>
        </div>
        <Button
          leftSection={<Download size={16} aria-hidden />}
          loading={typeof state === 'number'}
          onClick={() => void save()}
        >
          Download
        </Button>
      </Group>
      {typeof state === 'number' && (
        <Text size="sm" c="dimmed" role="status">
          Downloading {Math.round(state * 100)} %
        </Text>
      )}
      {state instanceof Error && <ProblemText>{state.message} Ask whoever sent it.</ProblemText>}
      {typeof state === 'object' && !(state instanceof Error) && (
        <div className={classes.stage}>
          <MediaView
            kind={kind}
            name={name}
            encoding={card.encoding ?? undefined}
            onDownload={() => void save()}
            {...state}
          />
        </div>
      )}
      <Stack gap={0} mt="auto">
        <Text size="xs" c="dimmed">
          It was sealed before it was sent here; the key stands in your link, and no server sees it.
        </Text>
      </Stack>
    </main>
  )
}

/** What is heavier is fetched only when asked for. */
const previewedBytes = 20_000_000

const kindWords: Readonly<Record<string, string>> = {
  image: 'picture',
  pdf: 'PDF',
  text: 'text',
  audio: 'sound',
  video: 'video',
}

interface Shown {
  readonly blob: Blob
  readonly address: string
}

/**
 * For the preview and to be saved; every reading counts as a download, so there is one. A number: how much of it is here.
 */
const useBytes = (link: FileLink, card: LinkedFile['card'], isWanted: boolean) => {
  const [state, setState] = useState<number | Shown | Error | undefined>(isWanted ? 0 : undefined)
  const reading = useRef<Promise<Shown | Error>>(undefined)
  const read = useCallback(async () => {
    const running = reading.current ?? fetchShown(link, card, setState)
    reading.current = running
    const shown = await running
    if (!(shown instanceof Error)) return shown
    reading.current = undefined // it may be tried again
    return undefined
  }, [link, card])
  useEffect(() => {
    if (isWanted) void read()
  }, [isWanted, read])
  return { state, read }
}

const fetchShown = async (
  link: FileLink,
  card: LinkedFile['card'],
  setState: (state: number | Shown | Error) => void,
): Promise<Shown | Error> => {
  const blob = await readFile(link, card, setState)
  const shown = blob instanceof Error ? blob : { blob, address: URL.createObjectURL(blob) }
  setState(shown)
  return shown
}

const useFile = (link: FileLink) => {
  const [found, setFound] = useState<LinkedFile | Error>()
  const look = useCallback(() => {
    lookAtFile(link).then(setFound, (error: unknown) =>
      setFound(error instanceof Error ? error : new Error(String(error))),
    )
  }, [link])
  useEffect(look, [look])
  return { found, look }
}
