/**
 * How many rows of so many pixels any window of this screen has. A virtual list that is to have its first rows at once keeps
 * to them until somebody scrolls it, so they have to fill it.
 */
export const rowsOnScreen = (rowHeight: number): number => Math.ceil(Math.max(screen.height, innerHeight) / rowHeight)
