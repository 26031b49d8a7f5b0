/** What a question is about, as far as its words tell. A guess, and it says by what. */
export type Intent = 'code' | 'past' | 'writing' | 'numbers' | 'chat' | 'memories'

export interface Classified {
  readonly intent: Intent
  readonly reason: string
}

/** For the editor of the order. */
export const intents: Readonly<Record<Intent, string>> = {
  chat: 'Talk',
  past: 'Questions about the past',
  code: 'Code',
  writing: 'Writing',
  numbers: 'Numbers',
  memories: 'Looking for memories',
}

const signs: readonly (readonly [Exclude<Intent, 'chat' | 'memories'>, RegExp])[] = [
  ['code', /```|^\s*(?:import|from|const|let|def|class|function|#include|SELECT)\s.+$/m],
  [
    'code',
    /\b(?:stack ?trace|compiles?|compiler|regexp?|typescript|javascript|python|rust|sql|css|html|bash|refactor|unit tests?|TypeError|exception)\b/i,
  ],
  [
    'past',
    /\b(?:remember|recall|did (?:i|we|you)|have (?:i|we|you) (?:ever|told|said)|last (?:time|week|month|year)|yesterday|earlier|back then|erinner\w*|gestern|damals|te souviens|hier)\b/i,
  ],
  [
    'writing',
    /\b(?:(?:write|draft|rewrite|rephrase|proofread|translate|summari[sz]e|shorten)\b|(?:schreib|übersetz|fasse)\w*|(?:a|an|the) (?:poem|story|letter|e-?mail|essay|headline)\b)/i,
  ],
  ['numbers', /\d\s*[-+*/×÷^%]\s*\d|\b(?:calculate|how (?:much|many)|percent(?:age)?|average)\b/i],
]

export const classify = (text: string): Classified => {
  for (const [intent, sign] of signs) {
    const found = sign.exec(text)?.[0]
    if (found !== undefined) return { intent, reason: `It says “${found.trim().slice(0, 40)}”.` }
  }
  return { intent: 'chat', reason: 'Nothing in it asks for anything special.' }
}
