import type { ProviderKind } from '#schema/providers/events.ts'

export interface Preset {
  readonly name: string
  readonly kind: ProviderKind
  readonly baseUrl: string
}

export const presets: readonly Preset[] = [
  { name: 'Ollama', kind: 'openai-compatible', baseUrl: 'http://localhost:11434/v1' },
  { name: 'LM Studio', kind: 'openai-compatible', baseUrl: 'http://localhost:1234/v1' },
  { name: 'llama.cpp', kind: 'openai-compatible', baseUrl: 'http://localhost:8080/v1' },
  { name: 'vLLM', kind: 'openai-compatible', baseUrl: 'http://localhost:8000/v1' },
  { name: 'OpenAI', kind: 'openai-compatible', baseUrl: 'https://api.openai.com/v1' },
  { name: 'Anthropic', kind: 'anthropic', baseUrl: 'https://api.anthropic.com/v1' },
  { name: 'OpenRouter', kind: 'openai-compatible', baseUrl: 'https://openrouter.ai/api/v1' },
]

/** Any other server that speaks as OpenAI's does. */
export const otherPreset: Preset = { name: 'Other', kind: 'openai-compatible', baseUrl: '' }
