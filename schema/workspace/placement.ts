/** The cell every persona is placed in until there are more. */
export const firstCell = 'c1'
