import { previewOf } from '#schema/shared/text.ts'
import type { ConversationSettings } from './events.ts'

export const defaultTitle = 'New chat'

/** What a conversation is called until somebody names it: the first line of words said in it, at most 60 characters. */
export const titleFor = (text: string): string =>
  previewOf(text.split('\n').find((line) => /[\p{L}\p{N}]/u.test(line) && !line.trim().startsWith('```')) ?? '', 60) ||
  defaultTitle

export const defaultSettings: ConversationSettings = {
  model: '',
  systemPrompt: '',
  temperature: 1,
  maxTokens: 4000,
  topP: 1,
  frequencyPenalty: 0,
  presencePenalty: 0,
}
