import type { Act } from './model-server-script.ts'

type Write = (text: string) => void

/** As api.openai.com, Ollama, llama.cpp, LM Studio and vLLM speak. */
export const openAi = {
  path: '/v1/chat/completions',
  busy: 503,
  models: (names: readonly string[]) =>
    JSON.stringify({
      object: 'list',
      data: names.map((id) => ({ id, object: 'model', created: 0, owned_by: 'tests' })),
    }),
  refusal: (status: number, message: string) =>
    JSON.stringify({ error: { message, type: 'invalid_request_error', code: String(status) } }),
  speaker: (model: string, write: Write) => {
    let pieces = 0
    const send = (value: object) =>
      write(
        `data: ${JSON.stringify({ id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 0, model, ...value })}\n\n`,
      )
    const delta = (delta: object, finish_reason: string | null = null) =>
      send({ choices: [{ index: 0, delta, finish_reason }] })
    return (act: Act) => {
      if (act.type === 'say') delta({ role: 'assistant', content: act.text })
      if (act.type === 'think') delta({ role: 'assistant', reasoning_content: act.text })
      if (act.type === 'call') {
        const called = { name: act.name, arguments: JSON.stringify(act.input) }
        delta({ role: 'assistant', tool_calls: [{ index: 0, id: act.id, type: 'function', function: called }] })
      }
      if (act.type !== 'end') return pieces++
      delta({}, { stop: 'stop', length: 'length', call: 'tool_calls' }[act.why])
      send({ choices: [], usage: { prompt_tokens: 12, completion_tokens: pieces, total_tokens: 12 + pieces } })
      return write('data: [DONE]\n\n')
    }
  },
}
