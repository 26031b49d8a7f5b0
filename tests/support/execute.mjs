import { spawn } from 'node:child_process'
import { delimiter } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))

/**
 * Runs a command in the root, with the installed tools on its path. Its output is shown as it comes, or kept for the caller.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ output?: 'shown' | 'kept', env?: Record<string, string> }} [options]
 * @returns {Promise<{ ok: boolean, output: string, seconds: string }>}
 */
export const execute = (command, args, { output = 'shown', env = {} } = {}) =>
  new Promise((resolve) => {
    const start = performance.now()
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, PATH: `${root}node_modules/.bin${delimiter}${process.env.PATH}`, ...env },
      stdio: output === 'shown' ? 'inherit' : ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32', // there the tools are .cmd files
    })
    let text = ''
    const keep = (/** @type {Buffer} */ chunk) => (text += chunk)
    child.stdout?.on('data', keep)
    child.stderr?.on('data', keep)
    const end = (/** @type {boolean} */ ok) =>
      resolve({ ok, output: text, seconds: `${((performance.now() - start) / 1000).toFixed(1)} s` })
    child.on('error', (error) => {
      text += error.message
      end(false)
    })
    child.on('close', (code) => end(code === 0))
  })
