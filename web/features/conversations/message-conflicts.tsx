import { useState } from 'react'
import { isKnownPart, type MessagePart, textOfParts } from '#schema/conversations/parts.ts'
import { conflictsOfMessage$, type MessageRow, messageAuthor$ } from '#schema/conversations/queries.ts'
import { usePersonaStore } from '#web/livestore/store-views.tsx'
import { useAuthorNames } from '#web/services/author-names.ts'
import { TwoVersions } from '#web/ui/two-versions.tsx'
import { showRefusal } from '#web/ui/undo.tsx'
import { settle } from './message-acts.ts'
import { PartsEditor } from './message-editor.tsx'

/** In place of what a message says, if more than one text of it stands. */
export const MessageConflicts = ({ row }: { readonly row: MessageRow }) => {
  const store = usePersonaStore()
  const [conflict, ...others] = store.useQuery(conflictsOfMessage$(row.messageId))
  const author = store.useQuery(messageAuthor$(row.messageId))
  const nameOf = useAuthorNames()
  const [writing, setWriting] = useState(false)
  if (conflict === undefined) return null
  if (writing)
    return (
      <PartsEditor
        initial={bothTogether(row.parts, conflict.parts)}
        onSave={(parts) => settle(store, conflict, parts.filter(saysSomething))}
        onClose={() => setWriting(false)}
      />
    )
  return (
    <TwoVersions
      standing={{ text: textOfParts(row.parts), author: nameOf(author), at: author?.writtenAt ?? null }}
      beside={{ text: textOfParts(conflict.parts), author: nameOf(conflict), at: conflict.writtenAt }}
      waiting={others.length}
      onKeep={(text) => showRefusal(settle(store, conflict, text === 'standing' ? row.parts : conflict.parts))}
      onWriteBoth={() => setWriting(true)}
    />
  )
}

/** Two plain texts become one to write in; of anything else each part once. */
const bothTogether = (standing: readonly MessagePart[], beside: readonly MessagePart[]): readonly MessagePart[] => {
  if ([...standing, ...beside].every(({ type }) => type === 'text'))
    return [{ type: 'text', text: `${textOfParts(standing)}\n\n${textOfParts(beside)}` }]
  const known = new Set(standing.map((part) => JSON.stringify(part)))
  return [...standing, ...beside.filter((part) => !known.has(JSON.stringify(part)))]
}

const saysSomething = (part: MessagePart): boolean =>
  !(isKnownPart(part) && part.type === 'text' && part.text.trim() === '')
