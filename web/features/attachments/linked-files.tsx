import { Loader, Text } from '@mantine/core'
import { linkedFiles$ } from '#schema/attachments/queries.ts'
import { usePersonaId, usePersonaStore } from '#web/livestore/store-views.tsx'
import { ServerSilent } from '#web/ui/server-silent.tsx'
import { FileLinkRow, isLinkOver } from './file-link-row.tsx'
import classes from './file-links.module.css'
import { useGivenLinks } from './use-given-links.ts'

/** The files of a persona that are given by public links, those that still open first. */
export const LinkedFiles = () => {
  const files = usePersonaStore().useQuery(linkedFiles$)
  const { links, load } = useGivenLinks(usePersonaId())
  if (links === undefined) return <Loader size="sm" aria-label="Asking the server" />
  if (links instanceof Error) return <ServerSilent problem={links} onRetry={load} />
  if (links.length === 0)
    return (
      <Text size="sm" c="dimmed">
        No file is shared by a link. Open one and choose “Share”.
      </Text>
    )
  const known = new Map(files.map((file) => [file.linkId, file]))
  return (
    <ul className={classes.rows}>
      {links
        .toSorted((a, b) => Number(isLinkOver(a)) - Number(isLinkOver(b)))
        .map((given) => (
          <FileLinkRow
            key={given.linkId}
            given={given}
            file={known.get(given.linkId)}
            isShown={false}
            onChanged={load}
          />
        ))}
    </ul>
  )
}
