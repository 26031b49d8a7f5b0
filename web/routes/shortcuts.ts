/** Keys that work everywhere. */
export const globalKeys = {
  palette: '$mod+k',
  undo: '$mod+z',
  help: 'Shift+?',
  newPersona: 'p',
} as const

export const roomKey = (letter: string) => `g ${letter}`

/** `Control`, not ⌘: browsers keep ⌘ and a digit for their tabs. */
export const personaKey = (place: number) => `Control+${place}`
