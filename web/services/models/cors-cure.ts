import { isLocalUrl } from '#schema/providers/base-url.ts'

/** How to let this page in, in the words of the server that listens on such a port. */
export const corsCure = (baseUrl: string, origin: string): string => {
  if (!isLocalUrl(baseUrl)) return 'Turn on “By way of our server” for this account in Settings → Models.'
  const port = /:(\d+)(\/|$)/.exec(baseUrl)?.[1] ?? ''
  return cures(origin)[port] ?? `Let it allow the origin ${origin}. ${Object.values(cures(origin)).join(' ')}`
}

const cures = (origin: string): Readonly<Record<string, string>> => ({
  11434: `Ollama: set OLLAMA_ORIGINS=${origin} where it starts, and start it again.`,
  1234: 'LM Studio: Developer → Server settings → turn on “Enable CORS”, or “lms server start --cors”.',
  8080: 'llama.cpp: its server allows every page by itself, so something in front of it does not; let that one send Access-Control-Allow-Origin.',
  8000: `vLLM: start it with --allowed-origins '["${origin}"]'.`,
})
