import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { root } from './sources.ts'

test('[AR18] the lockfile names no registry, so that it installs from whichever one a machine uses', () => {
  const { packages } = JSON.parse(readFileSync(`${root}package-lock.json`, 'utf8'))
  const named = Object.keys(packages).filter((path) => packages[path].resolved !== undefined)
  expect(Object.keys(packages)).toContain('node_modules/vitest')
  expect(named).toEqual([])
})
