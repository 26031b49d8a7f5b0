/** Where the truth about saving and syncing is said. */
export const SyncBadge = () => null
