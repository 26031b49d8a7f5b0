import { Text } from '@mantine/core'
import { type PDFDocumentProxy, type PDFPageProxy, TextLayer } from 'pdfjs-dist'
import { useEffect, useRef, useState } from 'react'
import { LateSkeleton } from '#web/ui/late-skeleton.tsx'
import { useInSight } from '#web/ui/use-in-sight.ts'
import { openPdf } from './pdf.ts'
import classes from './pdf-view.module.css'

interface PdfViewProps {
  readonly blob: Blob
  readonly name: string
}

/** All pages below each other, as wide as there is room; only those in sight are drawn. */
export const PdfView = ({ blob, name }: PdfViewProps) => {
  const found = usePdf(blob)
  if (found === undefined) return <LateSkeleton />
  if (found instanceof Error)
    return (
      <Text role="alert" maw={420} ta="center">
        {sentenceFor(found)} Download it to open it elsewhere.
      </Text>
    )
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls by keys
    <section className={classes.pdf} aria-label={name} tabIndex={0}>
      {numbersTo(found.document.numPages).map((number) => (
        <Page key={number} document={found.document} number={number} shape={found.shape} />
      ))}
    </section>
  )
}

const numbersTo = (count: number) => [...Array(count).keys()].map((index) => index + 1)

const sentenceFor = ({ name }: Error): string =>
  name === 'PasswordException'
    ? 'This PDF opens with a password only.'
    : 'This PDF cannot be shown: it is damaged, or of a kind that the reader does not know.'

interface Shape {
  readonly width: number
  readonly height: number
}

/** With the shape of the first page, which the others most often have: so nothing jumps when they come. */
const usePdf = (blob: Blob) => {
  const [found, setFound] = useState<{ readonly document: PDFDocumentProxy; readonly shape: Shape } | Error>()
  useEffect(() => {
    let isCurrent = true
    const opening = openPdf(blob).then(async (pdf) => {
      const shape = shapeOf(await pdf.document.getPage(1))
      if (isCurrent) setFound({ document: pdf.document, shape })
      return pdf
    })
    opening.catch((error: unknown) => isCurrent && setFound(error instanceof Error ? error : new Error(String(error))))
    return () => {
      isCurrent = false
      opening.then(({ close }) => close()).catch(() => undefined) // it closed itself
    }
  }, [blob])
  return found
}

interface PageProps {
  readonly document: PDFDocumentProxy
  readonly number: number
  readonly shape: Shape
}

const Page = ({ document, number, shape }: PageProps) => {
  const frame = useRef<HTMLElement>(null)
  const isInSight = useInSight(frame)
  const [actual, setActual] = useState(shape)
  useEffect(() => {
    const element = frame.current
    if (!isInSight || element === null) return
    const drawing = draw(document, number, element, setActual)
    return () => drawing.stop()
  }, [document, number, isInSight])
  return (
    <section
      ref={frame}
      aria-label={`Page ${number} of ${document.numPages}`}
      className={classes.page}
      style={{ aspectRatio: `${actual.width} / ${actual.height}` }}
    />
  )
}

/** Draws a page and lays its text over it, to be selected, searched and read aloud. */
const draw = (document: PDFDocumentProxy, number: number, frame: HTMLElement, onShape: (shape: Shape) => void) => {
  const stopped = new AbortController()
  const run = async () => {
    const page = await document.getPage(number)
    if (stopped.signal.aborted) return
    onShape(shapeOf(page))
    const scale = frame.clientWidth / shapeOf(page).width
    const viewport = page.getViewport({ scale })
    const sharp = page.getViewport({ scale: scale * Math.min(devicePixelRatio, 2) })
    const canvas = window.document.createElement('canvas')
    Object.assign(canvas, { width: Math.round(sharp.width), height: Math.round(sharp.height) })
    const rendering = page.render({ canvas, viewport: sharp })
    stopped.signal.addEventListener('abort', () => rendering.cancel())
    await rendering.promise
    const text = window.document.createElement('div')
    text.className = classes.text ?? ''
    text.style.setProperty('--total-scale-factor', String(scale))
    await new TextLayer({ textContentSource: page.streamTextContent(), container: text, viewport }).render()
    if (!stopped.signal.aborted) frame.replaceChildren(canvas, text)
  }
  run().catch((error: unknown) => {
    if (!stopped.signal.aborted) console.error(`Page ${number} could not be drawn.`, error)
  })
  return {
    stop: () => {
      stopped.abort()
      frame.replaceChildren()
    },
  }
}

const shapeOf = (page: PDFPageProxy): Shape => {
  const { width, height } = page.getViewport({ scale: 1 })
  return { width, height }
}
