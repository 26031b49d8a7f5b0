/** Tables whose rows are of one persona, and go with it; the one that says whether it is there first. */
export const ofPersonas = [
  'directory',
  'placements',
  'summaries',
  'activityDays',
  'newestPictures',
  'usageDays',
  'anchors',
  'snapshots',
] as const
