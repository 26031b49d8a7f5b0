import { cloudflare } from '@cloudflare/vite-plugin'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import packageJson from './package.json' with { type: 'json' }

export default defineConfig({
  root: 'web',
  build: { outDir: '../dist', emptyOutDir: true },
  plugins: [react(), cloudflare({ configPath: '../wrangler.toml' })],
  define: { __APP_VERSION__: JSON.stringify(packageJson.version) },
  // LiveStore's workers are modules, and its SQLite finds its wasm beside itself only when it is left as it is.
  worker: { format: 'es' },
  optimizeDeps: { exclude: ['@livestore/wa-sqlite'] },
})
