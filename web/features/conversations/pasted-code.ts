/** Several lines, most of which end or begin as code does. */
export const looksLikeCode = (text: string): boolean => {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  if (lines.length < 3) return false
  const like = lines.filter((line) =>
    /^\s{2,}\S|^\t|[;{}()[\],:=>]\s*$|^\s*(?:\/\/|#\s|import |from |def |class |const |let |function |return )/.test(
      line,
    ),
  )
  return like.length >= lines.length * 0.6
}

const signs: readonly (readonly [language: string, sign: RegExp])[] = [
  ['html', /^\s*<(?:!doctype|html|div|span|p|section)\b/i],
  ['json', /^\s*[{[]\s*(?:"|\{|\[|\d|\])/],
  ['python', /^\s*(?:def \w+\(.*\).*:|from \w+ import |import \w+$|class \w+.*:$)/m],
  ['rust', /\bfn \w+.*\{|\blet mut\b|\bimpl\b/],
  ['go', /^package \w+|\bfunc \w*\(/m],
  ['java', /\bpublic (?:static |final )?(?:class|void|int|String)\b/],
  ['sql', /^\s*(?:select|insert into|update|create table|with)\b[\s\S]*\b(?:from|values|set|select|\()/i],
  ['bash', /^#!.*sh\b|^\s*(?:sudo|npm|git|cd|echo|export) \S/m],
  ['typescript', /\binterface \w+|: (?:string|number|boolean|readonly)\b|\bimport type\b/],
  ['javascript', /\b(?:const|let|function|=>|import .* from)\b/],
  ['css', /^\s*[.#]?[\w-]+\s*\{[^}]*:[^}]*;/m],
]

/** The language code is most likely in; empty when nothing tells. */
export const languageOfCode = (code: string): string => signs.find(([, sign]) => sign.test(code))?.[0] ?? ''
