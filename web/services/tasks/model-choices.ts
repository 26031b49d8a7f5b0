import { type ProviderAccount, providerAccounts$ } from '#schema/providers/queries.ts'
import { builtInModel } from '#schema/tasks/routing.ts'
import { useWorkspaceStore } from '#web/livestore/store-views.tsx'

/** A model one may choose; `value` as a conversation's settings have it. */
export interface ModelOption {
  readonly value: string
  readonly label: string
}

export interface ModelGroup {
  readonly group: string
  readonly items: readonly ModelOption[]
}

/** The models of every account, by account. */
export const useModelGroups = (): readonly ModelGroup[] => useWorkspaceStore().useQuery(providerAccounts$).map(groupOf)

const groupOf = ({ accountId, name, models }: ProviderAccount): ModelGroup => ({
  group: name,
  items: models.map(({ id }) => ({ value: `${accountId}/${id}`, label: id })),
})

export const byOrder: ModelOption = { value: '', label: 'By the persona’s order' }
export const fromMemory: ModelOption = { value: builtInModel, label: 'From memory (built-in)' }

/** What is chosen, for a person: a bare name is what an import brought. */
export const labelOf = (groups: readonly ModelGroup[], value: string): string => {
  if (value === '') return groups.length === 0 ? 'From memory' : 'By order'
  if (value === builtInModel) return 'From memory'
  const known = groups.flatMap(({ items }) => items).find((item) => item.value === value)
  return known?.label ?? value.replace(/^[a-z0-9]{1,40}\//, '')
}

/** `<accountId>/<model>` and back; a model's name may hold slashes. */
export const valueToChoice = (value: string) => {
  if (value === builtInModel) return { accountId: builtInModel, model: builtInModel }
  const at = value.indexOf('/')
  return { accountId: value.slice(0, at), model: value.slice(at + 1) }
}

export const choiceToValue = ({ accountId, model }: { readonly accountId: string; readonly model: string }): string =>
  accountId === builtInModel ? builtInModel : `${accountId}/${model}`
