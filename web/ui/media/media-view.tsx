import { Button, Group, Stack, Text } from '@mantine/core'
import { lazy, Suspense, useEffect, useState } from 'react'
import { LateSkeleton } from '#web/ui/late-skeleton.tsx'
import { CodeBlock } from '#web/ui/markdown/code-block.tsx'
import { KindIcon } from './kind-icon.tsx'
import classes from './media.module.css'

const PdfView = lazy(() => import('./pdf-view.tsx').then((m) => ({ default: m.PdfView })))

interface MediaViewProps {
  readonly kind: 'image' | 'pdf' | 'text' | 'audio' | 'video' | undefined
  /** Fit to be shown. */
  readonly name: string
  readonly blob: Blob
  /** Of the blob, in this page. */
  readonly address: string
  /** Of a text. */
  readonly encoding?: string | undefined
  readonly onDownload: () => void
}

/**
 * Shows a file as what it is. None is ever a document of our origin: a picture, SVG too, is an `img`, which runs nothing;
 * markup is shown as it is written, and the pages of a PDF are drawn.
 */
export const MediaView = ({ kind, name, blob, address, encoding, onDownload }: MediaViewProps) => {
  switch (kind) {
    case 'image':
      return <img className={classes.image} src={address} alt={name} decoding="async" />
    case 'audio':
      // biome-ignore lint/a11y/useMediaCaption: what a person brought along has none
      return <audio className={classes.audio} src={address} controls aria-label={name} />
    case 'video':
      // biome-ignore lint/a11y/useMediaCaption: what a person brought along has none
      return <video className={classes.video} src={address} controls aria-label={name} />
    case 'pdf':
      return (
        <Suspense fallback={<LateSkeleton />}>
          <PdfView blob={blob} name={name} />
        </Suspense>
      )
    case 'text':
      return <TextView blob={blob} name={name} encoding={encoding} />
    default:
      return <ToDownload kind={kind} onDownload={onDownload} />
  }
}

/** More would make the page slow, and nobody reads it here. */
const readBytes = 300_000

const TextView = ({ blob, name, encoding = 'utf-8' }: Pick<MediaViewProps, 'blob' | 'name' | 'encoding'>) => {
  const [text, setText] = useState<string>()
  useEffect(() => {
    let isCurrent = true
    void blob
      .slice(0, readBytes)
      .arrayBuffer()
      .then((bytes) => isCurrent && setText(decoderOf(encoding).decode(bytes)))
    return () => {
      isCurrent = false
    }
  }, [blob, encoding])
  if (text === undefined) return null
  return (
    <div className={classes.text}>
      <CodeBlock code={text} language={languageOf(name)} filename={name} />
      {blob.size > readBytes && (
        <Text size="sm" c="dimmed">
          This is its beginning. Download it to read the rest.
        </Text>
      )}
    </div>
  )
}

/** What another device called it may be no encoding at all. */
const decoderOf = (encoding: string): TextDecoder => {
  try {
    return new TextDecoder(encoding)
  } catch {
    return new TextDecoder()
  }
}

const languageOf = (name: string): string => /\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? ''

const ToDownload = ({ kind, onDownload }: Pick<MediaViewProps, 'kind' | 'onDownload'>) => (
  <Stack align="center" gap="sm" p="xl">
    <KindIcon kind={kind} size={40} />
    <Text size="sm" c="dimmed" maw={360} ta="center">
      This kind of file is not shown here. Download it to open it elsewhere.
    </Text>
    <Group>
      <Button onClick={onDownload}>Download</Button>
    </Group>
  </Stack>
)
