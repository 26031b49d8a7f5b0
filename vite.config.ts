import { fileURLToPath } from 'node:url'
import { cloudflare } from '@cloudflare/vite-plugin'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin, type Rolldown } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
import packageJson from './package.json' with { type: 'json' }

/**
 * Modules that the page imports and never calls: LiveStore's devtools, which `web/livestore/engine.ts` turns off; reading
 * database files, which only workers do while `web/livestore/adapter.ts` disables the fast path; Effect's second runtime.
 * docs/decisions/0006-what-the-page-leaves-out.md says why that is safe, and how to see that it still is.
 */
const leftOut = {
  '@livestore/webmesh/dist/mod.js': ['makeMeshNode', 'WebmeshSchema'],
  '@livestore/livestore/dist/utils/dev.js': ['downloadBlob', 'exposeDebugUtils'],
  '@livestore/livestore/dist/store/devtools.js': ['connectDevtoolsToStore'],
  '@livestore/common/dist/devtools/devtools-messages-client-session.js': [
    'Disconnect',
    'MessageFromApp',
    'MessageToApp',
  ],
  '@livestore/adapter-web/dist/web-worker/client-session/client-session-devtools.js': [
    'connectWebmeshNodeClientSession',
  ],
  '@livestore/adapter-web/dist/web-worker/common/persisted-sqlite.js': [
    'readPersistedStateDbFromClientSession',
    'resetPersistedDataFromClientSession',
  ],
  '@livestore/sqlite-wasm/dist/browser/opfs/index.js': ['makeOpfsDb'],
  '@livestore/utils/dist/browser/Opfs/debug-utils.js': ['debugUtils'],
  'effect/dist/esm/Micro.js': ['provideContext', 'runFork'],
}

const leaveOut = (): Plugin => ({
  name: 'leave-out',
  apply: 'build',
  // The page, not the server; workers are built apart, with plugins of their own.
  applyToEnvironment: ({ name }) => name === 'client',
  load: {
    filter: { id: /\/node_modules\/(@livestore|effect)\// },
    handler: (id) =>
      Object.entries(leftOut)
        .find(([path]) => id.endsWith(`/node_modules/${path}`))?.[1]
        .map((name) => `export const ${name} = () => { throw new Error('${name} is left out of the page.') }`)
        .join('\n'),
  },
})

/**
 * What `open-shell` imports, and what that imports: together it opens the workspace's store. Not by way of packages that import
 * all they have, of which most rooms use some.
 */
const nameOfOpening: Rolldown.CodeSplittingNameFunction = (id, chunking) => {
  opening ??= importedFrom(openShell, (module) => chunking.getModuleInfo(module)?.importedIds ?? [])
  if (!opening.has(id)) return null
  return id.includes('/node_modules/') ? 'engine' : 'open-shell'
}

const openShell = fileURLToPath(new URL('web/routes/open-shell.tsx', import.meta.url))
let opening: ReadonlySet<string> | undefined

const importedFrom = (start: string, importsOf: (id: string) => readonly string[]): ReadonlySet<string> => {
  const found = new Set([start])
  for (const id of found) for (const imported of importsOf(id)) if (!isByTheWay(imported)) found.add(imported)
  return found
}

const isByTheWay = (id: string) => /\/(@mantine|lucide-react)\//.test(id)

export default defineConfig({
  root: 'web',
  build: {
    outDir: '../dist',
    emptyOutDir: true,
    // What the first page consists of is there when a room asks for its parts.
    modulePreload: {
      resolveDependencies: (_, files) =>
        files.filter((file) => !/\/(vendor|app|index|rolldown-runtime|open-shell)-/.test(file)),
    },
  },
  environments: {
    client: {
      build: {
        rolldownOptions: {
          // To read a property does nothing else, here and in every package used.
          treeshake: { propertyReadSideEffects: false },
          output: {
            // The first page is one file of others' and one of ours: together they compress better than in thirty. So is
            // what opens the first store.
            codeSplitting: {
              groups: [
                { name: 'vendor', tags: ['$initial'], test: /node_modules/ },
                { name: 'app', tags: ['$initial'] },
                { name: nameOfOpening },
                // Every room of a persona needs all of them.
                { name: 'icons', test: /\/lucide-react\//, minShareCount: 2 },
                {
                  name: 'persona',
                  test: /\/schema\/(personas|memories|conversations|attachments|proposals|tasks)\//,
                  minShareCount: 3,
                },
              ],
            },
            assetFileNames: ({ originalFileNames }) =>
              originalFileNames.some((name) => /\/pdfjs-dist\/(cmaps|standard_fonts|wasm)\//.test(name))
                ? 'assets/pdf/[name]-[hash][extname]'
                : 'assets/[name]-[hash][extname]',
          },
        },
      },
    },
  },
  plugins: [
    react(),
    cloudflare({ configPath: '../wrangler.toml' }),
    leaveOut(),
    VitePWA({
      registerType: 'prompt',
      injectRegister: false, // `web/offline.ts` does, and asks before it replaces a running version
      manifest: false, // it stands in `web/public`
      workbox: {
        // Everything, workers and SQLite too: a store never opened before must open offline.
        globPatterns: ['**/*.{js,css,html,wasm,svg}', '**/*latin-wght*.woff2'],
        // Except 3 MB of grammars, each kept when a chat first shows its language, for code without one is plain; and 3 MB of
        // fonts, character maps and decoders, each kept when a PDF first takes it for granted; and the parts of search's SQLite
        // that nothing starts.
        globIgnores: ['**/grammars/**', '**/pdf/**', '**/sqlite3-{worker1,opfs-async-proxy}-*'],
        runtimeCaching: [
          {
            urlPattern: /\/assets\/grammars\//,
            handler: 'CacheFirst',
            options: { cacheName: 'grammars', expiration: { maxEntries: 60 } },
          },
          {
            urlPattern: /\/assets\/pdf\//,
            handler: 'CacheFirst',
            options: { cacheName: 'pdf', expiration: { maxEntries: 60 } },
          },
        ],
        maximumFileSizeToCacheInBytes: 5_000_000,
        navigateFallback: '/index.html',
        navigateFallbackDenylist: [/^\/(api|sync|presence)(\/|$)/],
        cleanupOutdatedCaches: true,
      },
    }),
  ],
  define: { __APP_VERSION__: JSON.stringify(packageJson.version) },
  // LiveStore's workers are modules, and its SQLite finds its wasm beside itself only when it is left as it is.
  worker: {
    format: 'es',
    rolldownOptions: {
      output: {
        chunkFileNames: ({ moduleIds }) =>
          moduleIds.every((id) => /\/(@shikijs|shiki\/dist)\/langs\//.test(id))
            ? 'assets/grammars/[name]-[hash].js'
            : 'assets/[name]-[hash].js',
      },
    },
  },
  optimizeDeps: { exclude: ['@livestore/wa-sqlite', '@sqlite.org/sqlite-wasm'] },
})
