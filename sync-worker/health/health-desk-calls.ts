/** What is asked of the one desk that looks after all cells. */
export interface HealthDeskCalls extends Rpc.DurableObjectBranded {
  /** Looks in a moment, if it does not look already. */
  readonly begin: () => void
  /** Looks by then. */
  readonly lookBy: (at: number) => void
}
