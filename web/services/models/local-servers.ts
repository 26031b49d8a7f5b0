import { isLoopback } from '#schema/providers/base-url.ts'
import type { ListedModel } from '#schema/providers/events.ts'
import { modelsFrom } from './list-models.ts'
import { ModelFailure } from './model-call.ts'
import { world } from './world.ts'

export interface LocalServer {
  readonly name: string
  readonly baseUrl: string
  /** What it lists, or why this page may not know. */
  readonly found: readonly ListedModel[] | ModelFailure
}

/** Where local servers listen unless they are told otherwise. `owns`: nothing else does, so an answer that no page may read is one of it. */
const wellKnown = [
  { name: 'Ollama', port: 11434, owns: true },
  { name: 'LM Studio', port: 1234, owns: true },
  { name: 'llama.cpp', port: 8080, owns: false },
  { name: 'vLLM', port: 8000, owns: false },
] as const

/** A page of another machine makes browsers ask the person before it may look around on this one. */
export const mayLookAround = (): boolean => isLoopback(location.hostname)

/** Asks at the well-known ports of this device. */
export const findLocalServers = async (signal: AbortSignal): Promise<readonly LocalServer[]> => {
  const found = await Promise.all(
    [...wellKnown, ...portsOfPerson()].map(async ({ name, port, owns }) => {
      const baseUrl = `http://localhost:${port}/v1`
      const target = { kind: 'openai-compatible', baseUrl, viaProxy: false, models: [] } as const
      const list = await modelsFrom({ target, key: undefined, world }, signal)
      if (!(list instanceof ModelFailure)) return [{ name, baseUrl, found: list.models }]
      const isIt = list.code === 'noKey' || (list.code === 'cors' && owns)
      return isIt ? [{ name, baseUrl, found: list }] : []
    }),
  )
  return found.flat()
}

/** Where else to look, for who runs servers at ports of their own: `localStorage['pjai.localPorts'] = '[8081]'`. */
const portsOfPerson = () => {
  const text = localStorage.getItem('pjai.localPorts') ?? ''
  return (/^\[[\d, ]*\]$/.test(text) ? (JSON.parse(text) as readonly number[]) : []).map((port) => ({
    name: `Server at port ${port}`,
    port,
    owns: true,
  }))
}
