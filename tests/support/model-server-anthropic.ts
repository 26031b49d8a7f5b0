import type { Act } from './model-server-script.ts'

type Write = (text: string) => void

/** As api.anthropic.com streams, event for event of its documentation (“Streaming messages”). */
export const anthropic = {
  path: '/v1/messages',
  busy: 529,
  models: (names: readonly string[]) =>
    JSON.stringify({
      data: names.map((id) => ({ type: 'model', id, display_name: id, created_at: '2025-01-01T00:00:00Z' })),
      has_more: false,
      first_id: names[0],
      last_id: names.at(-1),
    }),
  refusal: (status: number, message: string) =>
    JSON.stringify({ type: 'error', error: { type: types[status] ?? 'api_error', message } }),
  speaker: (model: string, write: Write) => {
    let pieces = 0
    let index = -1
    let open = ''
    const send = (type: string, value: object) =>
      write(`event: ${type}\ndata: ${JSON.stringify({ type, ...value })}\n\n`)
    const close = () => {
      if (open !== '') send('content_block_stop', { index })
      open = ''
    }
    const block = (kind: string, content_block: object) => {
      if (open === kind) return
      close()
      open = kind
      index++
      send('content_block_start', { index, content_block })
      if (index === 0) send('ping', {})
    }
    const delta = (delta: object) => send('content_block_delta', { index, delta })
    send('message_start', {
      message: {
        id: 'msg_1',
        type: 'message',
        role: 'assistant',
        content: [],
        model,
        stop_reason: null,
        stop_sequence: null,
        usage: { input_tokens: 12, output_tokens: 1 },
      },
    })
    return (act: Act) => {
      if (act.type === 'say') {
        block('text', { type: 'text', text: '' })
        delta({ type: 'text_delta', text: act.text })
      }
      if (act.type === 'think') {
        block('thinking', { type: 'thinking', thinking: '', signature: '' })
        delta({ type: 'thinking_delta', thinking: act.text })
      }
      if (act.type === 'call') {
        block(act.id, { type: 'tool_use', id: act.id, name: act.name, input: {} })
        delta({ type: 'input_json_delta', partial_json: JSON.stringify(act.input) })
      }
      if (act.type !== 'end') return pieces++
      close()
      const stop_reason = { stop: 'end_turn', length: 'max_tokens', call: 'tool_use' }[act.why]
      send('message_delta', { delta: { stop_reason, stop_sequence: null }, usage: { output_tokens: pieces } })
      return send('message_stop', {})
    }
  },
}

const types: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  404: 'not_found_error',
  429: 'rate_limit_error',
  529: 'overloaded_error',
}
