import { type Coloured, highlight, type ToColour } from './highlight.ts'

self.addEventListener('message', async ({ data: { serial, code, language } }: MessageEvent<ToColour>) => {
  // Offline, perhaps: the code is readable without colours.
  const lines = await highlight(code, language).catch(() => undefined)
  self.postMessage({ serial, lines } satisfies Coloured)
})
