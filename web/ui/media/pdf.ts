import { getDocument, PDFDataRangeTransport, type PDFDocumentProxy, PDFWorker } from 'pdfjs-dist'
import Worker from 'pdfjs-dist/build/pdf.worker.min.mjs?worker'

export interface OpenPdf {
  readonly document: PDFDocumentProxy
  readonly close: () => Promise<void>
}

/**
 * Opens a PDF with a reader of our own, since the browser's is a page that no sandbox holds. It draws and runs nothing: no
 * script of the document, no form, no link. Only the parts it asks for are in memory.
 */
export const openPdf = async (blob: Blob): Promise<OpenPdf> => {
  const port = new Worker()
  const worker = new PDFWorker({ port: port as unknown as null }) // its types know of no port
  const task = getDocument({
    range: new BlobTransport(blob),
    worker,
    disableStream: true,
    disableAutoFetch: true,
    useSystemFonts: false, // the same page looks the same everywhere
    useWorkerFetch: false,
    BinaryDataFactory: OwnData,
    // What `OwnData` is asked for; these say only that it can be asked.
    cMapUrl: '/',
    standardFontDataUrl: '/',
    wasmUrl: '/',
  })
  const close = async () => {
    await task.destroy()
    worker.destroy()
    port.terminate()
  }
  try {
    return { document: await task.promise, close }
  } catch (error) {
    await close()
    throw error
  }
}

class BlobTransport extends PDFDataRangeTransport {
  readonly #blob: Blob
  constructor(blob: Blob) {
    super(blob.size, null)
    this.#blob = blob
  }
  override requestDataRange(begin: number, end: number) {
    void this.#blob
      .slice(begin, end)
      .arrayBuffer()
      .then((bytes) => this.onDataRange(begin, new Uint8Array(bytes)))
  }
}

/** Fonts, character maps and decoders that a PDF may take for granted: fetched from here when one does. */
const addresses: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({
    ...import.meta.glob<string>('../../../node_modules/pdfjs-dist/cmaps/*.bcmap', {
      query: '?url&no-inline',
      import: 'default',
      eager: true,
    }),
    ...import.meta.glob<string>('../../../node_modules/pdfjs-dist/standard_fonts/*.{pfb,ttf}', {
      query: '?url&no-inline',
      import: 'default',
      eager: true,
    }),
    ...import.meta.glob<string>('../../../node_modules/pdfjs-dist/wasm/*.wasm', {
      query: '?url&no-inline',
      import: 'default',
      eager: true,
    }),
  }).map(([path, address]) => [path.replace(/.*\//, ''), address]),
)

class OwnData {
  async fetch({ filename }: { readonly filename: string }): Promise<Uint8Array> {
    const address = addresses[filename]
    if (address === undefined) throw new Error(`There is no ${filename}.`)
    const response = await fetch(address)
    if (!response.ok) throw new Error(`${filename} cannot be had now.`)
    return new Uint8Array(await response.arrayBuffer())
  }
}
