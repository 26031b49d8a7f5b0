/** What a person knows a device by. Order matters: most browsers also say that they are others. */
export const browserOf = (agent: string): string =>
  firstMatch(agent, [
    [/^PJai /, 'Command line'],
    [/Edg\//, 'Edge'],
    [/OPR\//, 'Opera'],
    [/Firefox\/|FxiOS/, 'Firefox'],
    [/Chrome\/|CriOS|Chromium/, 'Chrome'],
    [/Safari\//, 'Safari'],
  ])

export const platformOf = (agent: string): string =>
  firstMatch(agent, [
    [/iPhone|iPad/, 'iOS'],
    [/Android/, 'Android'],
    [/Mac OS X|Darwin/, 'macOS'],
    [/Windows/, 'Windows'],
    [/Linux|CrOS/, 'Linux'],
  ])

const firstMatch = (agent: string, names: readonly (readonly [pattern: RegExp, name: string])[]) =>
  names.find(([pattern]) => pattern.test(agent))?.[1] ?? 'Unknown'
