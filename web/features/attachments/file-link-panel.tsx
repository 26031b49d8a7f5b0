import { Button, Group, Loader, Select, Text } from '@mantine/core'
import { useState } from 'react'
import { linkedFiles$ } from '#schema/attachments/queries.ts'
import type { Attachment } from '#schema/attachments/state.ts'
import { usePersonaStore } from '#web/livestore/store-views.tsx'
import { makeFileLink } from '#web/services/attachments/file-links.ts'
import { endOfSpan, spans } from '#web/ui/expiry.ts'
import { ProblemText } from '#web/ui/problem-text.tsx'
import { ServerSilent } from '#web/ui/server-silent.tsx'
import { FileLinkRow, isLinkOver } from './file-link-row.tsx'
import classes from './file-links.module.css'
import { useGivenLinks } from './use-given-links.ts'

/** The public links to one file, and how to make one. */
export const FileLinkPanel = ({ attachment }: { readonly attachment: Attachment }) => {
  const store = usePersonaStore()
  const files = store.useQuery(linkedFiles$).filter(({ attachmentId }) => attachmentId === attachment.attachmentId)
  const { links, load } = useGivenLinks(attachment.personaId)
  const [span, setSpan] = useState('week')
  const [state, setState] = useState<number | Error>()
  const [newest, setNewest] = useState<string>()
  const make = async () => {
    setState(0)
    const made = await makeFileLink(store, attachment, endOfSpan(span, Date.now()), setState)
    setState(made instanceof Error ? made : undefined)
    if (typeof made === 'string') setNewest(made)
    load()
  }
  if (links === undefined) return <Loader size="sm" aria-label="Asking the server" />
  if (links instanceof Error) return <ServerSilent problem={links} onRetry={load} />
  const open = files.flatMap((file) => {
    const given = links.find(({ linkId }) => linkId === file.linkId)
    return given === undefined || isLinkOver(given) ? [] : [{ file, given }]
  })
  return (
    <section className={classes.panel} aria-label="Share by link">
      <Text size="sm" c="dimmed">
        Whoever has a link can look at this file and download it, without an account. The link opens a copy sealed by a
        key of its own, which no server sees; revoking it destroys the copy.
      </Text>
      <Group gap="sm" align="end">
        <Select
          size="xs"
          w={140}
          label="Ends"
          data={spans.map(({ value, label }) => ({ value, label }))}
          value={span}
          allowDeselect={false}
          onChange={(value) => setSpan(value ?? 'week')}
        />
        <Button size="xs" loading={typeof state === 'number'} onClick={() => void make()}>
          Create link
        </Button>
        {typeof state === 'number' && (
          <Text size="xs" c="dimmed" role="status">
            Sealing and sending {Math.round(state * 100)} %
          </Text>
        )}
      </Group>
      {state instanceof Error && <ProblemText>The link was not made. {state.message}</ProblemText>}
      <ul className={classes.rows}>
        {open.map(({ file, given }) => (
          <FileLinkRow
            key={given.linkId}
            given={given}
            file={file}
            isShown={given.linkId === newest}
            onChanged={load}
          />
        ))}
      </ul>
    </section>
  )
}
