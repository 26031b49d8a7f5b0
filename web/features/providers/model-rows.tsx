import { Button, Group, Text, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { ProviderAccount } from '#schema/providers/queries.ts'
import { useWorkspaceStore } from '#web/livestore/store-views.tsx'
import { keepModels } from '#web/services/models/account-setup.ts'
import { showRefusal } from '#web/ui/undo.tsx'
import { ModelRow } from './model-row.tsx'
import classes from './providers.module.css'

const shown = 50

/** The models of an account, with prices; one that is not listed can be named. */
export const ModelRows = ({ account }: { readonly account: ProviderAccount }) => {
  const workspace = useWorkspaceStore()
  const [filter, setFilter] = useState('')
  const [named, setNamed] = useState('')
  const { models } = account
  const fitting = models.filter(({ id }) => id.toLowerCase().includes(filter.trim().toLowerCase()))
  const addNamed = (event: FormEvent) => {
    event.preventDefault()
    const model = { id: named.trim() }
    if (!showRefusal(keepModels(workspace, account, [...account.listedModels, model]))) setNamed('')
  }
  return (
    <div className={classes.wide}>
      {models.length > 10 && (
        <TextInput
          size="xs"
          mb="sm"
          aria-label={`Filter the models of ${account.name}`}
          placeholder="Filter"
          value={filter}
          onChange={({ currentTarget }) => setFilter(currentTarget.value)}
        />
      )}
      <ul className={classes.models}>
        {fitting.slice(0, shown).map((model) => (
          <ModelRow key={model.id} account={account} model={model} />
        ))}
      </ul>
      {fitting.length > shown && (
        <Text size="sm" c="dimmed">
          {(fitting.length - shown).toLocaleString()} more: filter to see them.
        </Text>
      )}
      <form onSubmit={addNamed}>
        <Group gap="sm" align="end" mt="sm">
          <TextInput
            size="xs"
            flex="1 1 200px"
            label="Another model, by its exact name"
            description="For providers that list none. A list that comes takes its place."
            autoComplete="off"
            spellCheck={false}
            value={named}
            onChange={({ currentTarget }) => setNamed(currentTarget.value)}
          />
          <Button type="submit" size="xs" variant="default" disabled={named.trim() === ''}>
            Add
          </Button>
        </Group>
      </form>
    </div>
  )
}
