import type { SearchHit } from '#schema/stores/search-find.ts'

/** The address at which a hit stands in its place: a message in its conversation, on the branch that holds it. */
export const hitPlace = ({
  personaId,
  type,
  id,
  conversationId,
}: Pick<SearchHit, 'personaId' | 'type' | 'id' | 'conversationId'>): string => {
  const [persona, item] = [`/p/${personaId}`, encodeURIComponent(id)]
  switch (type) {
    case 'memory':
      return `${persona}/memories?memory=${item}`
    case 'conversation':
      return `${persona}/chats/${item}`
    case 'attachment':
      return `${persona}/files?file=${item}`
    case 'message':
      return `${persona}/chats/${encodeURIComponent(conversationId)}?message=${item}&branch=open`
  }
}
