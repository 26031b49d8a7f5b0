import { useCallback, useEffect, useState } from 'react'
import { type GivenLink, givenLinks } from '#web/services/attachments/file-links.ts'

/** The public links to a persona's files by the server's word: offline there is nothing to say, and nothing to revoke. */
export const useGivenLinks = (personaId: string) => {
  const [links, setLinks] = useState<readonly GivenLink[] | Error>()
  const load = useCallback(
    () =>
      void givenLinks(personaId).then(setLinks, (error: unknown) =>
        setLinks(error instanceof Error ? error : new Error(String(error))),
      ),
    [personaId],
  )
  useEffect(load, [load])
  return { links, load }
}
