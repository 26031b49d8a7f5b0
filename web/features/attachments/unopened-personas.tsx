import { Alert, Button, Group } from '@mantine/core'
import { useSyncExternalStore } from 'react'
import type { PicturedPersona } from '#schema/workspace/picture-queries.ts'
import { sentenceOf } from '#web/livestore/causes.ts'
import { personaStoreId, pool } from '#web/livestore/stores.ts'
import classes from './pictures-room.module.css'

/** Whose pictures cannot be shown, because their store could not be opened. */
export const UnopenedPersonas = ({ personas }: { readonly personas: readonly PicturedPersona[] }) => {
  const failed = useSyncExternalStore(pool.subscribe, () =>
    personas
      .filter(({ personaId }) => pool.errorOf(personaStoreId(personaId)) !== undefined)
      .map(({ personaId }) => personaId)
      .join(' '),
  )
  const unopened = personas.filter(({ personaId }) => failed.split(' ').includes(personaId))
  const [first] = unopened
  if (first === undefined) return null
  const names = unopened.map(({ name }) => name).join(', ')
  return (
    <Alert color="red" variant="light" className={classes.alert ?? ''} title={`Not opened: ${names}`}>
      <Group gap="sm">
        {sentenceOf(pool.errorOf(personaStoreId(first.personaId)))} Nothing is lost.
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => {
            for (const { personaId } of unopened) pool.retry(personaStoreId(personaId)).catch(() => undefined) // says so again
          }}
        >
          Try again
        </Button>
      </Group>
    </Alert>
  )
}
