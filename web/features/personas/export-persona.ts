import { persona$ } from '#schema/personas/queries.ts'
import { personaFile, wholePersonaQueries } from '#schema/stores/persona-export.ts'
import { openPersona } from '#web/livestore/stores.ts'
import { noteExport } from '#web/services/access-log.ts'
import { PersonaStillArriving } from '#web/services/personas.ts'
import { downloadText } from '#web/ui/charts/download.ts'

/** Hands over one persona as a file, with all it said and remembers. */
export const exportPersona = async (personaId: string) => {
  const store = await openPersona(personaId)
  const persona = store.query(persona$)
  if (persona === null) return new PersonaStillArriving()
  const file = personaFile(persona, {
    memories: store.query(wholePersonaQueries.memories),
    conversations: store.query(wholePersonaQueries.conversations),
    messages: store.query(wholePersonaQueries.messages),
    privacy: store.query(wholePersonaQueries.privacy),
  })
  downloadText(`${persona.name}.pjai.json`, 'application/json', file)
  noteExport(personaId)
  return undefined
}
