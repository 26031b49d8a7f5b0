/** How many series have a colour of their own; what is beyond goes with the rest. */
export const seriesCount = 6

/** Within `series.module.css`. */
export const seriesColour = (place: number): string => `var(--series-${Math.max(0, Math.min(place, seriesCount - 1))})`
