/**
 * Several stores may be made in a page at once, and share its cores. So the first goes on, and the others wait between two
 * pages of their logs:
 *
 *     who is shown ──► [ cem, ada, boris ] ◄── who begins
 *                        goes on
 *
 * Whoever is done, stopped or failed leaves; as long as there are any, one goes on.
 */
export const makeTurns = () => {
  let members: readonly Member[] = []
  const arrange = (next: readonly Member[]) => {
    members = next
    for (const [place, { onTurn }] of next.entries()) onTurn(place === 0)
  }
  return {
    /** `onTurn` is told at once, and whenever it may have changed. The returned function leaves. */
    join: (storeId: string, onTurn: OnTurn) => {
      const member = { storeId, onTurn }
      arrange([...members, member])
      return () => arrange(members.filter((other) => other !== member))
    },
    goFirst: (storeId: string) => {
      const isShown = (member: Member) => member.storeId === storeId
      arrange([...members.filter(isShown), ...members.filter((member) => !isShown(member))])
    },
  }
}

export type OnTurn = (isFirst: boolean) => void

interface Member {
  readonly storeId: string
  readonly onTurn: OnTurn
}

/** Of this page. */
export const turns = makeTurns()
