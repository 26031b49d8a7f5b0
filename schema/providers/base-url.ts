/**
 * Where a provider's API begins, without a slash at its end: `http://localhost:11434/v1`. What people paste too often,
 * the address of one call, is cut back to it. Undefined when it is no such address; a name or a password, a query, or a
 * fragment has no place in it.
 */
export const baseUrlFrom = (text: string): string | undefined => {
  const pasted = text
    .trim()
    .replace(/\/+$/, '')
    .replace(/\/(chat\/completions|completions|models|messages)$/, '')
  return partsOf(pasted) === undefined ? undefined : pasted
}

export interface BaseUrlParts {
  readonly isSecure: boolean
  /** Without the port; lower case. */
  readonly host: string
}

export const partsOf = (baseUrl: string): BaseUrlParts | undefined => {
  const [, scheme, host] = /^(https?):\/\/([\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?(?:\/[^\s?#@]*)?$/i.exec(baseUrl) ?? []
  return scheme === undefined || host === undefined
    ? undefined
    : { isSecure: scheme.toLowerCase() === 'https', host: host.toLowerCase() }
}

/** On this device. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127(\.\d+){3}$/.test(host)

/** On this device, or in its own network: what goes there leaves neither for the internet. */
const isLocalHost = (host: string): boolean =>
  isLoopback(host) ||
  /\.(local|lan|internal|home\.arpa)$/.test(host) ||
  /^(10\.\d+|192\.168|169\.254|172\.(1[6-9]|2\d|3[01]))\.\d+\.\d+$/.test(host) ||
  /^\[(fe[89ab]|f[cd])[\da-f]*:/.test(host)

/** What the app's own policy lets a page call: any https, and plain http at two names of this device (`web/public/_headers`). */
export const mayPageCall = ({ isSecure, host }: BaseUrlParts): boolean =>
  isSecure || host === 'localhost' || host === '127.0.0.1'

export const isLocalUrl = (baseUrl: string): boolean => {
  const parts = partsOf(baseUrl)
  return parts !== undefined && isLocalHost(parts.host)
}
