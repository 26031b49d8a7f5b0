import { State } from '@livestore/livestore'
import { time, timeOrNull, write } from './tables.ts'
import { writer } from './writer.ts'

/**
 * Two people write one text without knowing of each other. What each of them had seen (`basedOn`) tells that apart from
 * one writing after the other, and nobody's words are lost:
 *
 *   the log          made    a1 (on made)    b1 (on made)    a2 (on a1)    b2 (on b1)    settled
 *   what stands      made    a1              b1              a2            b2            as chosen
 *   what stands beside       –               a1              b1            a2            –
 *
 * 1. What was written last stands, whoever wrote it.
 * 2. It replaces what its author had seen. If something else stands there, that stands beside from then on: a conflict.
 * 3. Who goes on from a text that stands beside has it change places with the one that stands. No second conflict.
 * 4. No text stands beside itself: the same words from both sides are no conflict.
 * 5. A text nobody has rewritten was seen by everybody; and who does not say what he saw (older versions) saw what stands.
 * 6. A conflict settled twice, in two ways, is a conflict of the two choices.
 * 7. Given twice in a row it changes nothing the second time.
 */
export const textWriter = ({ texts, authors, conflicts, id, text }: TextTables) => {
  const besides = `${id} = $id and settledAt is null`
  const author = 'textHash, actorId, deviceId, writtenAt'
  // Given again, it does not settle what it opened itself.
  const settle = writer(
    `update ${conflicts} set settledAt = $at, settledBy = $actId
     where conflictId = $settles and conflictId <> $actId and ${id} = $id and settledAt is null`,
    conflicts,
  )
  const statements = (seen: string) => {
    const standing = `from ${authors} a join ${texts} t on t.${id} = a.${id}
                      where a.${id} = $id and a.textHash not in (${seen}, $textHash)`
    return {
      /** Nothing stands beside for who does not say what he saw. */
      open: [
        writer(
          `insert or ignore into ${conflicts} (conflictId, ${id}, ${text}, ${author}, openedAt)
           select $actId, a.${id}, t.${text}, a.textHash, a.actorId, a.deviceId, a.writtenAt, $at ${standing}
             and not exists (select 1 from ${conflicts} where ${besides} and textHash = ${seen})`,
          conflicts,
        ),
        writer(
          `update ${conflicts} set (${text}, ${author}) =
             (select t.${text}, a.textHash, a.actorId, a.deviceId, a.writtenAt ${standing})
           where ${besides} and textHash = ${seen} and exists (select 1 ${standing})`,
          conflicts,
        ),
      ],
      stand: [
        writer(
          `delete from ${conflicts} where ${besides} and (textHash = $textHash
             or textHash = ${seen} and exists (select 1 from ${authors} where ${id} = $id and textHash = $textHash))`,
          conflicts,
        ),
        writer(
          `insert into ${authors} (${id}, ${author})
           select ${id}, $textHash, $actorId, $deviceId, $at from ${texts} where ${id} = $id
           on conflict (${id}) do update set textHash = excluded.textHash, actorId = excluded.actorId,
             deviceId = excluded.deviceId, writtenAt = excluded.writtenAt where textHash <> excluded.textHash`,
          authors,
        ),
      ],
    }
  }
  const writing = statements('$basedOn')
  const choosing = statements(
    `case when exists (select 1 from ${conflicts} where conflictId = $settles and settledBy <> $actId)
       then '' else $basedOn end`,
  )
  return (written: WrittenText) => {
    const { settles, basedOn } = written
    const { open, stand } = settles === undefined ? writing : choosing
    const values = {
      id: written.id,
      textHash: written.textHash,
      basedOn: basedOn ?? null,
      actId: written.actId,
      settles: settles ?? '',
      actorId: written.actorId,
      deviceId: written.deviceId,
      at: written.at.getTime(),
    }
    return [
      ...(settles === undefined ? [] : [settle]),
      ...(settles === undefined && basedOn === undefined ? [] : open),
      ...stand,
    ].map((write) => write(values))
  }
}

/** Takes a choice back: what was beside stands beside again, unless it is what stands. */
export const reopenConflict = ({ authors, conflicts, id }: TextTables, conflictId: string, ofId: string) =>
  write(
    `update ${conflicts} set settledAt = null, settledBy = null where conflictId = $conflictId and ${id} = $ofId
       and textHash not in (select textHash from ${authors} where ${id} = $ofId)`,
    { conflictId, ofId },
    conflicts,
  )

/** Where a slice keeps its texts, who wrote those that were rewritten, and what stands beside them. */
interface TextTables {
  readonly texts: string
  readonly authors: string
  readonly conflicts: string
  /** The column that says which thing a text is of. */
  readonly id: string
  /** The column that holds the text. */
  readonly text: string
}

interface WrittenText {
  readonly id: string
  readonly textHash: string
  /** The hash of the text its author had seen. */
  readonly basedOn: string | undefined
  /** The same for the same event, and for no other. Names the conflict that opens by it, or the choice it makes. */
  readonly actId: string
  /** The conflict that is settled by it. */
  readonly settles?: string
  readonly at: Date
  readonly actorId: string
  readonly deviceId: string
}

/** Columns of who wrote a text, for the tables of authors and of conflicts. */
export const authorColumns = () => ({
  textHash: State.SQLite.text(),
  actorId: State.SQLite.text(),
  deviceId: State.SQLite.text(),
  writtenAt: time(),
})

export const conflictColumns = () => ({
  ...authorColumns(),
  openedAt: time(),
  settledAt: timeOrNull(),
  settledBy: State.SQLite.text({ nullable: true }),
})
