interface Open {
  readonly alertId: string
  readonly what: string
}

/** What opened since the alerts were looked at last. Undefined: they never were, and the badge alone tells them. */
export const newAlerts = <A extends Open>(known: ReadonlySet<string> | undefined, open: readonly A[]): readonly A[] =>
  known === undefined ? [] : open.filter(({ alertId }) => !known.has(alertId))
