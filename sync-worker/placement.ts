/**
 * Where a store's log lives. An object never moves, so its name says all three: the cell it stands in, the store it
 * holds, and which epoch of that store's log. Until there are moves, every store is in the first cell and epoch.
 */
export const objectNameFor = (storeId: string): string => `c1/${storeId}/1`

/** The store an object was named for. */
export const storeIdOf = (objectName: string | undefined): string | undefined => objectName?.split('/')[1]

/** The epoch of the log it holds. */
export const epochOf = (objectName: string | undefined): number => Number(objectName?.split('/')[2] ?? 1)
