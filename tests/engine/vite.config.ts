import { defineConfig } from 'vite'

export default defineConfig({
  root: 'tests/engine',
  build: { outDir: '../../node_modules/.cache/engine', emptyOutDir: true, minify: false },
  worker: { format: 'es' },
  optimizeDeps: { exclude: ['@livestore/wa-sqlite'] },
})
