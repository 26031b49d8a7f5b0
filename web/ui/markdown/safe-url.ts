/** Where a link written by somebody else may lead: the web or a mailbox, never into this page and never to code. */
export const safeLink = (url: string): string | undefined => {
  const parsed = parse(url)
  return parsed !== undefined && ['http:', 'https:', 'mailto:'].includes(parsed.protocol) ? parsed.href : undefined
}

/** What a picture may be: bytes in the text itself, which can be shown, or on the web, which is fetched only when asked for. */
export const safeImage = (url: string): { readonly url: string; readonly remote: boolean } | undefined => {
  if (/^data:image\/(?:png|jpeg|gif|webp|avif);base64,[a-z0-9+/=\s]+$/i.test(url)) return { url, remote: false }
  const parsed = parse(url)
  return parsed !== undefined && ['http:', 'https:'].includes(parsed.protocol)
    ? { url: parsed.href, remote: true }
    : undefined
}

// Without a base a relative address does not parse: it would lead into this page.
const parse = (url: string): URL | undefined => {
  try {
    return new URL(url.trim())
  } catch {
    return undefined
  }
}
