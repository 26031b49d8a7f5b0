/** So that “the last seven days” are the same seven until midnight. */
export const startOfToday = (): number => new Date().setHours(0, 0, 0, 0)
