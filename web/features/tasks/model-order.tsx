import { ActionIcon, Button, Group, Select, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { ArrowDown, ArrowUp, X } from 'lucide-react'
import { intents } from '#schema/tasks/classify.ts'
import { preferModels } from '#schema/tasks/commands.ts'
import type { ModelChoice } from '#schema/tasks/events.ts'
import { modelPreference$ } from '#schema/tasks/queries.ts'
import { builtIn } from '#schema/tasks/routing.ts'
import { execute } from '#web/livestore/execute.ts'
import { stampNow } from '#web/livestore/session.ts'
import { usePersonaId, usePersonaStore } from '#web/livestore/store-views.tsx'
import { useMayWrite } from '#web/livestore/use-right.ts'
import { choiceToValue, fromMemory, useModelGroups, valueToChoice } from '#web/services/tasks/model-choices.ts'
import { showRefusal, showUndo } from '#web/ui/undo.tsx'
import classes from './tasks.module.css'

/** Which models answer for a persona, one after the other, and which for one kind of question. Each change counts at once. */
export const ModelOrder = () => {
  const store = usePersonaStore()
  const personaId = usePersonaId()
  const mayWrite = useMayWrite()
  const groups = useModelGroups()
  const preference = store.useQuery(modelPreference$)
  const order = preference?.order ?? []
  const byIntent = preference?.byIntent ?? {}

  const prefer = (next: readonly ModelChoice[], nextByIntent: Readonly<Record<string, ModelChoice>> = byIntent) => {
    if (showRefusal(execute(store, preferModels(personaId, next, nextByIntent, stampNow())))) return
    showUndo('The order of models is changed.', () => {
      showRefusal(execute(store, preferModels(personaId, order, byIntent, stampNow())))
    })
  }
  const known = [...groups.flatMap(({ items }) => items), fromMemory]
  const labelOfChoice = (choice: ModelChoice) =>
    known.find(({ value }) => value === choiceToValue(choice))?.label ?? `${choice.model} (not here)`
  const data = [
    ...groups.map(({ group, items }) => ({ group, items: [...items] })),
    { group: 'Built-in', items: [fromMemory] },
  ]

  return (
    <section className={classes.section} aria-label="Models">
      <h3>Models</h3>
      {groups.length === 0 && order.length === 0 ? (
        <Text size="sm" c="dimmed">
          Without a model, answers are quotes of what is remembered. Add one in{' '}
          <Link to="/settings" hash="models">
            Settings
          </Link>
          .
        </Text>
      ) : (
        <>
          <Text size="sm" c="dimmed" mb={8}>
            {order.length === 0
              ? 'Nobody has chosen an order: of each account the first model, well and cheap first.'
              : 'A question goes to the first that can answer it.'}
          </Text>
          <ol className={classes.order}>
            {order.map((choice, place) => (
              <li key={choiceToValue(choice)}>
                <span className={classes.grow}>
                  {place + 1}. {labelOfChoice(choice)}
                </span>
                {mayWrite && (
                  <>
                    <Act label="Move up" disabled={place === 0} onClick={() => prefer(moved(order, place, -1))}>
                      <ArrowUp size={14} />
                    </Act>
                    <Act
                      label="Move down"
                      disabled={place === order.length - 1}
                      onClick={() => prefer(moved(order, place, 1))}
                    >
                      <ArrowDown size={14} />
                    </Act>
                    <Act label="Remove" onClick={() => prefer(order.toSpliced(place, 1))}>
                      <X size={14} />
                    </Act>
                  </>
                )}
              </li>
            ))}
          </ol>
          {mayWrite && (
            <>
              <Select
                mt={8}
                size="sm"
                searchable
                aria-label="Add a model to the order"
                placeholder="Add a model…"
                data={data}
                value={null}
                onChange={(value) => {
                  if (value === null || order.some((choice) => choiceToValue(choice) === value)) return
                  prefer([...order, value === fromMemory.value ? builtIn : valueToChoice(value)])
                }}
              />
              <Group gap="sm" mt={8} grow preventGrowOverflow={false}>
                {Object.entries(intents).map(([intent, label]) => (
                  <Select
                    key={intent}
                    size="xs"
                    miw={160}
                    clearable
                    searchable
                    label={label}
                    placeholder="By the order"
                    data={data}
                    value={byIntent[intent] === undefined ? null : choiceToValue(byIntent[intent])}
                    onChange={(value) => {
                      const { [intent]: _, ...others } = byIntent
                      prefer(order, value === null ? others : { ...others, [intent]: valueToChoice(value) })
                    }}
                  />
                ))}
              </Group>
            </>
          )}
        </>
      )}
      <Button component={Link} to={`/p/${personaId}/tasks`} variant="subtle" size="compact-sm" mt={8}>
        All answers and what they took
      </Button>
    </section>
  )
}

const moved = <A,>(all: readonly A[], place: number, by: 1 | -1): readonly A[] => {
  const one = all[place]
  return one === undefined ? all : all.toSpliced(place, 1).toSpliced(place + by, 0, one)
}

interface ActProps {
  readonly label: string
  readonly disabled?: boolean
  readonly onClick: () => void
  readonly children: React.ReactNode
}

const Act = ({ label, disabled = false, onClick, children }: ActProps) => (
  <ActionIcon variant="subtle" color="gray" size="sm" aria-label={label} disabled={disabled} onClick={onClick}>
    {children}
  </ActionIcon>
)
