import type { HighlighterCore } from 'shiki/core'
import { languages } from './languages.ts'

export interface Token {
  readonly content: string
  /** CSS variables: `--shiki-light` and `--shiki-dark`. */
  readonly style: Readonly<Record<string, string>>
}

export type Lines = readonly (readonly Token[])[]

/** To the worker, and back. */
export interface ToColour {
  readonly serial: number
  readonly code: string
  readonly language: string
}
export interface Coloured {
  readonly serial: number
  readonly lines: Lines | undefined
}

/** Lines of coloured tokens, or undefined for a language we have no grammar of. Loads the grammar it needs. */
export const highlight = async (code: string, language: string): Promise<Lines | undefined> => {
  const load = languages[language.toLowerCase()]
  // Colouring what is very long would hold up the page.
  if (load === undefined || code.length > 50_000) return undefined
  highlighter ??= makeHighlighter()
  const [shiki, grammar] = await Promise.all([highlighter, load()])
  await shiki.loadLanguage(grammar.default)
  // The last of a grammar's parts is the language itself; those before it are embedded.
  const lang = grammar.default.at(-1)?.name
  if (lang === undefined) return undefined
  const { tokens } = shiki.codeToTokens(code, {
    lang,
    themes: { light: 'github-light-high-contrast', dark: 'github-dark-default' },
    defaultColor: false,
  })
  return tokens.map((line) => line.map(({ content, htmlStyle }) => ({ content, style: htmlStyle ?? {} })))
}

let highlighter: Promise<HighlighterCore> | undefined

// The engine on the browser's own regular expressions: the other one brings 600 kB of wasm.
const makeHighlighter = async (): Promise<HighlighterCore> => {
  const [{ createHighlighterCore }, { createJavaScriptRegexEngine }, light, dark] = await Promise.all([
    import('shiki/core'),
    import('shiki/engine/javascript'),
    import('shiki/dist/themes/github-light-high-contrast.mjs'),
    import('shiki/dist/themes/github-dark-default.mjs'),
  ])
  return createHighlighterCore({
    themes: [light.default, dark.default],
    langs: [],
    engine: createJavaScriptRegexEngine({ forgiving: true }),
  })
}
