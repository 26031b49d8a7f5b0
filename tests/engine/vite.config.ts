import { defineConfig } from 'vite'

export default defineConfig({
  root: 'tests/engine',
  build: { emptyOutDir: true, minify: false },
  worker: { format: 'es' },
  optimizeDeps: { exclude: ['@livestore/wa-sqlite'] },
})
