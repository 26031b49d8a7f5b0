import { Button, Group, NumberInput, Text } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { priceModel } from '#schema/providers/commands.ts'
import type { ListedModel } from '#schema/providers/events.ts'
import type { ProviderAccount } from '#schema/providers/queries.ts'
import { execute } from '#web/livestore/execute.ts'
import { stampNow } from '#web/livestore/session.ts'
import { useWorkspaceStore } from '#web/livestore/store-views.tsx'
import { type Trial, tryModel } from '#web/services/models/try-model.ts'
import { showRefusal } from '#web/ui/undo.tsx'
import classes from './providers.module.css'

interface ModelRowProps {
  readonly account: ProviderAccount
  readonly model: ListedModel
}

export const ModelRow = ({ account, model }: ModelRowProps) => {
  const [trial, setTrial] = useState<'busy' | Trial | Error>()
  const [isPricing, setPricing] = useState(false)
  const run = async () => {
    setTrial('busy')
    setTrial(await tryModel(account, model.id, new AbortController().signal))
  }
  return (
    <li className={classes.model}>
      <Text size="sm" className={classes.modelName ?? ''}>
        {model.id}
      </Text>
      <Text size="sm" c="dimmed" className={classes.facts ?? ''}>
        {[contextOf(model), priceOf(model)].filter((fact) => fact !== '').join(' · ')}
      </Text>
      <Group gap="xs" wrap="nowrap">
        <Button
          size="compact-xs"
          variant="default"
          aria-label={`Price of ${model.id}`}
          aria-expanded={isPricing}
          onClick={() => setPricing(!isPricing)}
        >
          Price
        </Button>
        <Button
          size="compact-xs"
          variant="default"
          loading={trial === 'busy'}
          aria-label={`Try ${model.id}`}
          onClick={() => void run()}
        >
          Try
        </Button>
      </Group>
      <div role="status" className={classes.wide}>
        {trial instanceof Error && (
          <Text size="sm" c="var(--mantine-color-error)">
            {trial.message}
          </Text>
        )}
        {trial !== undefined && trial !== 'busy' && !(trial instanceof Error) && (
          <Text size="sm">
            “{trial.text.trim()}”, begun after {Math.round(trial.ms).toLocaleString()} ms
          </Text>
        )}
      </div>
      {isPricing && <PriceForm account={account} model={model} onDone={() => setPricing(false)} />}
    </li>
  )
}

const PriceForm = ({ account, model, onDone }: ModelRowProps & { readonly onDone: () => void }) => {
  const workspace = useWorkspaceStore()
  const [prompt, setPrompt] = useState<string | number>(model.promptPrice ?? '')
  const [completion, setCompletion] = useState<string | number>(model.completionPrice ?? '')
  const save = (event: FormEvent) => {
    event.preventDefault()
    const price = { promptPrice: amountOf(prompt), completionPrice: amountOf(completion) }
    if (!showRefusal(execute(workspace, priceModel(account.accountId, model.id, price, stampNow())))) onDone()
  }
  return (
    <form onSubmit={save} className={classes.wide}>
      <Group gap="sm" align="end">
        <NumberInput
          size="xs"
          w={160}
          label="Dollars per million in"
          min={0}
          value={prompt}
          onChange={setPrompt}
          hideControls
        />
        <NumberInput
          size="xs"
          w={160}
          label="Dollars per million out"
          min={0}
          value={completion}
          onChange={setCompletion}
          hideControls
        />
        <Button type="submit" size="xs" variant="default">
          Keep price
        </Button>
      </Group>
    </form>
  )
}

const amountOf = (value: string | number) => (typeof value === 'number' ? value : null)

const contextOf = ({ contextTokens }: ListedModel) =>
  contextTokens === undefined ? '' : `${contextTokens.toLocaleString()} tokens`

const priceOf = ({ promptPrice, completionPrice }: ListedModel) =>
  promptPrice === undefined && completionPrice === undefined
    ? ''
    : `$${promptPrice?.toLocaleString() ?? '?'} in, $${completionPrice?.toLocaleString() ?? '?'} out per million`
