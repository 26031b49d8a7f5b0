/** Where a store's log lives: an object never moves, so its name says all three. A log that moves gets a place of a higher epoch. */
export interface Place {
  readonly cellId: string
  readonly epoch: number
}

/** Where everything was before there were placements. */
export const firstPlace: Place = { cellId: 'c1', epoch: 1 }

export const objectNameFor = (storeId: string, { cellId, epoch }: Place = firstPlace): string =>
  `${cellId}/${storeId}/${epoch}`

/** The cell an object stands in. */
export const cellIdOf = (objectName: string | undefined): string => objectName?.split('/')[0] ?? firstPlace.cellId

/** The store an object was named for. */
export const storeIdOf = (objectName: string | undefined): string | undefined => objectName?.split('/')[1]

/** The epoch of the log it holds. */
export const epochOf = (objectName: string | undefined): number => Number(objectName?.split('/')[2] ?? 1)
