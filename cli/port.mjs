// Plain Node, nothing imported from packages: it runs before anything is installed.
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** Throws a sentence unless one can listen there, if need be after the moment a server that was just killed takes to end. */
export const ensurePortFree = async (/** @type {import('./settings.mjs').Settings} */ { port, host }) => {
  let problem = await listeningProblem(port, host)
  for (let tries = 0; tries < 20 && problem?.code === 'EADDRINUSE'; tries++) {
    await sleep(100)
    problem = await listeningProblem(port, host)
  }
  if (problem === undefined) return
  if (problem.code !== 'EADDRINUSE') throw new Error(`Cannot listen on ${host}:${port} (${problem.code}).`)
  throw new Error(`Port ${port} is taken. Stop what listens there, or choose another: PORT=${port + 1} npm start`)
}

/** @returns {Promise<NodeJS.ErrnoException | undefined>} */
const listeningProblem = (/** @type {number} */ port, /** @type {string} */ host) =>
  new Promise((resolve) => {
    const server = createServer()
    server.once('error', resolve)
    server.listen(port, host, () => server.close(() => resolve(undefined)))
  })
