import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { textOfParts } from '#schema/conversations/parts.ts'
import { editsOfMessage$, type MessageRow } from '#schema/conversations/queries.ts'
import { usePersonaStore } from '#web/livestore/store-views.tsx'
import { useMayWrite } from '#web/livestore/use-right.ts'
import { RelativeTime } from '#web/ui/times.tsx'
import { showRefusal } from '#web/ui/undo.tsx'
import { wordDiff } from '#web/ui/word-diff.ts'
import classes from './message.module.css'
import { edit } from './message-acts.ts'

/** What a message said before each edit, newest first, with what the edit changed. */
export const MessageHistory = ({ row, onClose }: { readonly row: MessageRow; readonly onClose: () => void }) => {
  const store = usePersonaStore()
  const mayWrite = useMayWrite()
  const edits = store.useQuery(editsOfMessage$(row.messageId))
  const texts = [textOfParts(row.parts), ...edits.map(({ previousParts }) => textOfParts(previousParts))]
  return (
    <Modal opened onClose={onClose} title="Earlier versions" size="lg">
      <Stack gap="lg">
        {edits.map(({ editId, editedAt, previousParts }, place) => (
          <section key={editId}>
            <Group justify="space-between" mb="xs">
              <Text size="xs" c="dimmed">
                Changed <RelativeTime at={editedAt} />
              </Text>
              {mayWrite && (
                <Button
                  size="compact-xs"
                  variant="default"
                  onClick={() => {
                    if (!showRefusal(edit(store, row, previousParts))) onClose()
                  }}
                >
                  Bring back what it said before
                </Button>
              )}
            </Group>
            <p className={classes.diff}>
              {wordDiff(texts[place + 1] ?? '', texts[place] ?? '').map(({ kind, text }, index) => {
                const Element = kind === 'same' ? 'span' : kind === 'added' ? 'ins' : 'del'
                // A piece of a text has no identity but its place.
                // biome-ignore lint/suspicious/noArrayIndexKey: as above
                return <Element key={index}>{text}</Element>
              })}
            </p>
          </section>
        ))}
        <section>
          <Text size="xs" c="dimmed" mb="xs">
            Sent <RelativeTime at={row.sentAt} />
          </Text>
          <p className={classes.diff}>{texts.at(-1)}</p>
        </section>
      </Stack>
    </Modal>
  )
}
