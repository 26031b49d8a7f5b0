import { isNamedHost } from '#sync-worker/named-hosts.ts'

/**
 * Where a webhook may go: to a public name by https, or to what the operator named in `WEBHOOK_HOSTS`. Addresses of
 * machines, and names that only a private network knows, are refused unless they are named: whoever may write a rule shall
 * not make this server call its neighbours. A public name that leads to a private address is stopped by its certificate.
 */
export const isAllowedTarget = (text: string, webhookHosts: string): boolean => {
  const url = urlIn(text)
  if (url === undefined || url.username !== '' || url.password !== '') return false
  if (isNamedHost(webhookHosts, url.protocol.slice(0, -1), url.host)) return true
  return url.protocol === 'https:' && url.port === '' && isPublicName(url.hostname)
}

const urlIn = (text: string): URL | undefined => {
  try {
    return new URL(text)
  } catch {
    return undefined
  }
}

/** URL makes one of whatever stands for an address of IPv4: its last part is a number then. */
const isPublicName = (hostname: string): boolean =>
  hostname.includes('.') &&
  !/^\[|\.\d+\.?$|\.$/.test(hostname) &&
  !/\.(localhost|local|internal|lan|home|arpa|test|invalid|example|onion)$/.test(hostname)
