/** Tables whose rows are a memory’s own, and go with it. */
export const besideMemories = [
  'memoryBodies',
  'memoryTags',
  'memorySources',
  'memoryReinforcements',
  'memoryAuthors',
  'memoryConflicts',
  'memoryTiers',
  'memoryPins',
  'memoryTransfers',
  'memoryValidities',
] as const
