import { cloudflare } from '@cloudflare/vite-plugin'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
import packageJson from './package.json' with { type: 'json' }

export default defineConfig({
  root: 'web',
  build: { outDir: '../dist', emptyOutDir: true },
  plugins: [
    react(),
    cloudflare({ configPath: '../wrangler.toml' }),
    VitePWA({
      registerType: 'prompt',
      injectRegister: false, // `web/offline.ts` does, and asks before it replaces a running version
      manifest: false, // it stands in `web/public`
      workbox: {
        // Everything, workers and SQLite too: a store never opened before must open offline.
        globPatterns: ['**/*.{js,css,html,wasm,svg}', '**/*latin-wght*.woff2'],
        maximumFileSizeToCacheInBytes: 5_000_000,
        navigateFallback: '/index.html',
        navigateFallbackDenylist: [/^\/(api|sync)(\/|$)/],
        cleanupOutdatedCaches: true,
      },
    }),
  ],
  define: { __APP_VERSION__: JSON.stringify(packageJson.version) },
  // LiveStore's workers are modules, and its SQLite finds its wasm beside itself only when it is left as it is.
  worker: { format: 'es' },
  optimizeDeps: { exclude: ['@livestore/wa-sqlite'] },
})
