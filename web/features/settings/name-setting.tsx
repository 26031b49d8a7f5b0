import { Button, Group, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { renameWorkspace } from '#schema/workspace/commands.ts'
import { workspace$ } from '#schema/workspace/queries.ts'
import { execute } from '#web/livestore/execute.ts'
import { session, stampNow } from '#web/livestore/session.ts'
import { useWorkspaceStore } from '#web/livestore/store-views.tsx'
import { showRefusal, showUndo } from '#web/ui/undo.tsx'

export const NameSetting = () => {
  const store = useWorkspaceStore()
  const name = store.useQuery(workspace$)?.name ?? ''
  /** Undefined while nobody edits: then the name follows what other devices call it. */
  const [draft, setDraft] = useState<string>()
  const [refusal, setRefusal] = useState<Error>()
  const rename = (to: string) => execute(store, renameWorkspace(session.workspaceId, to, stampNow()))
  const save = (event: FormEvent) => {
    event.preventDefault()
    if (draft === undefined || draft.trim() === name) return setDraft(undefined)
    const refused = rename(draft)
    setRefusal(refused)
    if (refused !== undefined) return
    setDraft(undefined)
    showUndo(`The workspace is called ${draft.trim()}`, () => showRefusal(rename(name)))
  }
  return (
    <form onSubmit={save}>
      <Group gap="sm" align="end">
        <TextInput
          label="Name"
          flex={1}
          maw={320}
          value={draft ?? name}
          onChange={({ currentTarget }) => {
            setDraft(currentTarget.value)
            setRefusal(undefined)
          }}
          error={refusal?.message}
        />
        <Button type="submit" variant="default" disabled={draft === undefined || draft.trim() === name}>
          Rename
        </Button>
      </Group>
    </form>
  )
}
