// Plain Node, nothing imported from packages: it runs before anything is installed.
import { resolve } from 'node:path'

/** @typedef {{ readonly port: number, readonly host: string, readonly dataDir: string, readonly proxyHosts: string, readonly placement?: Readonly<Record<string, string>>, readonly telling?: Readonly<Record<string, string>> }} Settings */

/** What the environment says about this server; 0 as a port means any free one. Throws a sentence. */
export const settingsFromEnv = (/** @type {NodeJS.ProcessEnv} */ env) => {
  const port = Number(env.PORT || 8787)
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`PORT must be a number from 0 to 65535, not “${env.PORT}”.`)
  const host = env.HOST || '127.0.0.1'
  return {
    port,
    host,
    dataDir: resolve(env.PJAI_DATA || 'data'),
    proxyHosts: env.PROXY_HOSTS ?? '',
    placement: {
      CELLS: env.CELLS ?? '',
      PLACEMENT: env.PLACEMENT ?? '',
      RANGES: env.RANGES ?? '',
      PINS: env.PINS ?? '',
      PLANNER: env.PLANNER ?? '',
      OPERATORS: env.OPERATORS ?? (isThisMachine(host) ? 'localhost' : ''),
    },
    telling: {
      WEBHOOK_HOSTS: env.WEBHOOK_HOSTS ?? '',
      OTEL_EXPORTER_OTLP_ENDPOINT: env.OTEL_EXPORTER_OTLP_ENDPOINT ?? '',
      OTEL_EXPORTER_OTLP_HEADERS: env.OTEL_EXPORTER_OTLP_HEADERS ?? '',
    },
  }
}

/** Whoever reaches a server that listens to its own machine alone is at that machine, unless something there passes requests on. */
const isThisMachine = (/** @type {string} */ host) => ['127.0.0.1', '::1', 'localhost'].includes(host)
