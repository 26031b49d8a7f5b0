/** An object has one alarm: this one goes off for whatever is due first. */
export interface Chore {
  /** When it is due, in milliseconds since 1970; infinite if it is not. */
  readonly dueAt: () => number
  readonly run: (now: number) => Promise<void>
}

export const makeAlarm = (storage: DurableObjectStorage, chores: readonly Chore[]) => {
  /** Goes off by then, if nothing earlier is set. */
  const setBy = async (at: number) => {
    const set = await storage.getAlarm()
    if (at <= lastTime && (set === null || set > at)) await storage.setAlarm(at)
  }

  return {
    setBy,
    /** Does what is due, and is set for what comes next. */
    ring: async (now: number): Promise<void> => {
      for (const { dueAt, run } of chores) if (dueAt() <= now) await run(now)
      await setBy(Math.min(...chores.map(({ dueAt }) => dueAt())))
    },
  }
}

/** The last that a Date can say. */
const lastTime = 8.64e15
