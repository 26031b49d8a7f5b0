import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { createWriteStream, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Log, LogLevel, Miniflare } from 'miniflare'

/**
 * The built Worker in workerd, with its objects, database and buckets under `dataDir`.
 * Wrangler could translate the configuration too, but takes 100 MB and half a second to load, and asks the network.
 */
export const startRuntime = async (
  /** @type {import('./settings.mjs').Settings} */ { port, host, dataDir, proxyHosts, placement, telling },
) => {
  /** @type {import('node:child_process').ChildProcess[]} */
  const children = []
  const note = (/** @type {unknown} */ message) => {
    // Node's channel speaks of `{ process: ChildProcess }` and types it unknown.
    const { process } = /** @type {{ process: import('node:child_process').ChildProcess }} */ (message)
    children.push(process)
  }
  subscribe('child_process', note)

  const miniflare = new Miniflare({
    ...workerOptions(),
    bindings: { PROXY_HOSTS: proxyHosts, ...placement, ...telling },
    port,
    host,
    defaultPersistRoot: dataDir,
    ...quiet(dataDir),
  })
  const url = (await miniflare.ready).origin
  unsubscribe('child_process', note)
  const workerd = children.find(({ spawnfile }) => spawnfile.includes('workerd'))?.pid ?? 0
  return { url, workerd, stop: () => miniflare.dispose() }
}

const quiet = (/** @type {string} */ dataDir) => ({
  cf: false, // else it fetches a sample of Cloudflare's request properties
  log: new Log(LogLevel.ERROR),
  handleRuntimeStdio: (
    /** @type {import('node:stream').Readable} */ stdout,
    /** @type {import('node:stream').Readable} */ stderr,
  ) => {
    stdout.resume() // LiveStore's debug log
    stderr.pipe(createWriteStream(join(dataDir, 'server.log'))) // its errors, among which it counts every rebase
  },
})

/** What `vite build` made of wrangler.toml, in Miniflare's words. */
const workerOptions = () => {
  const built = new URL('../dist/pjai/', import.meta.url)
  const config = JSON.parse(readFileSync(new URL('wrangler.json', built), 'utf8'))
  return {
    name: config.name,
    compatibilityDate: config.compatibility_date,
    compatibilityFlags: config.compatibility_flags,
    // Each by name: Miniflare would look for them itself, but gives up at an import whose name is only known later.
    modules: [config.main, ...modulesBeside(config.main, fileURLToPath(built))].map((path) => ({
      type: /** @type {const} */ ('ESModule'),
      path: fileURLToPath(new URL(path, built)),
    })),
    modulesRoot: fileURLToPath(built),
    durableObjects: byBinding(config.durable_objects.bindings, (object) => ({
      className: object.class_name,
      useSQLite: true,
    })),
    d1Databases: byBinding(config.d1_databases, (database) => database.database_id),
    r2Buckets: byBinding(config.r2_buckets, (bucket) => bucket.bucket_name),
    assets: {
      binding: config.assets.binding,
      directory: fileURLToPath(new URL(config.assets.directory, built)),
      workerName: config.name,
      routerConfig: { has_user_worker: true },
      assetConfig: {},
    },
  }
}

/** The first module is the one that is run. */
const modulesBeside = (/** @type {string} */ main, /** @type {string} */ built) =>
  readdirSync(built, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.js') && path !== main)

/**
 * @template T
 * @param {readonly { readonly binding?: string, readonly name?: string, readonly [key: string]: string | undefined }[]} entries
 * @param {(entry: any) => T} toOption an entry of the file that the build itself wrote
 */
const byBinding = (entries, toOption) =>
  Object.fromEntries(entries.map((entry) => [entry.binding ?? entry.name ?? '', toOption(entry)]))
