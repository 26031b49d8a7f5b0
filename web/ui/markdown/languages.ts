import type { LanguageRegistration } from 'shiki/core'

type Load = () => Promise<{ default: LanguageRegistration[] }>

const bash: Load = () => import('shiki/dist/langs/bash.mjs')
const cpp: Load = () => import('shiki/dist/langs/cpp.mjs')
const csharp: Load = () => import('shiki/dist/langs/csharp.mjs')
const docker: Load = () => import('shiki/dist/langs/docker.mjs')
const html: Load = () => import('shiki/dist/langs/html.mjs')
const javascript: Load = () => import('shiki/dist/langs/javascript.mjs')
const json: Load = () => import('shiki/dist/langs/json.mjs')
const kotlin: Load = () => import('shiki/dist/langs/kotlin.mjs')
const markdown: Load = () => import('shiki/dist/langs/markdown.mjs')
const python: Load = () => import('shiki/dist/langs/python.mjs')
const ruby: Load = () => import('shiki/dist/langs/ruby.mjs')
const rust: Load = () => import('shiki/dist/langs/rust.mjs')
const tsx: Load = () => import('shiki/dist/langs/tsx.mjs')
const typescript: Load = () => import('shiki/dist/langs/typescript.mjs')
const yaml: Load = () => import('shiki/dist/langs/yaml.mjs')

/** A grammar a name, each a chunk of its own, fetched when first met. */
export const languages: Readonly<Record<string, Load | undefined>> = {
  bash,
  c: () => import('shiki/dist/langs/c.mjs'),
  cpp,
  'c++': cpp,
  cs: csharp,
  csharp,
  css: () => import('shiki/dist/langs/css.mjs'),
  diff: () => import('shiki/dist/langs/diff.mjs'),
  docker,
  dockerfile: docker,
  elixir: () => import('shiki/dist/langs/elixir.mjs'),
  go: () => import('shiki/dist/langs/go.mjs'),
  haskell: () => import('shiki/dist/langs/haskell.mjs'),
  html,
  java: () => import('shiki/dist/langs/java.mjs'),
  javascript,
  js: javascript,
  json,
  jsonc: json,
  jsx: tsx,
  kotlin,
  kt: kotlin,
  lua: () => import('shiki/dist/langs/lua.mjs'),
  markdown,
  md: markdown,
  php: () => import('shiki/dist/langs/php.mjs'),
  py: python,
  python,
  rb: ruby,
  rs: rust,
  ruby,
  rust,
  scala: () => import('shiki/dist/langs/scala.mjs'),
  sh: bash,
  shell: bash,
  sql: () => import('shiki/dist/langs/sql.mjs'),
  swift: () => import('shiki/dist/langs/swift.mjs'),
  toml: () => import('shiki/dist/langs/toml.mjs'),
  ts: typescript,
  tsx,
  typescript,
  xml: () => import('shiki/dist/langs/xml.mjs'),
  yaml,
  yml: yaml,
  zsh: bash,
}
