import { Button, Group, Text } from '@mantine/core'
import { Eraser } from 'lucide-react'
import { type Erasure, erasedIds$, erasures$ } from '#schema/shared/erasures.ts'
import type { AnyStore } from '#web/livestore/stores.ts'
import { downloadText } from '#web/ui/charts/download.ts'
import { RelativeTime } from '#web/ui/times.tsx'
import classes from './erasures-list.module.css'

/** What was erased in a store, with the server's word for it. Nothing where nothing was. */
export const ErasuresList = ({ store, title }: { readonly store: AnyStore; readonly title?: string }) => {
  const erasures = store.useQuery(erasures$(100))
  if (erasures.length === 0) return null
  return (
    <section>
      {title !== undefined && <h3 className={classes.title}>{title}</h3>}
      <ul className={classes.rows}>
        {erasures.map((erasure) => (
          <ErasureRow key={erasure.erasureId} store={store} erasure={erasure} />
        ))}
      </ul>
    </section>
  )
}

const ErasureRow = ({ store, erasure }: { readonly store: AnyStore; readonly erasure: Erasure }) => {
  const { erasureId, what, erasedAt, certificate } = erasure
  const count = store.useQuery(erasedIds$(erasureId)).length
  return (
    <li className={classes.row}>
      <Eraser size={16} aria-hidden />
      <Text size="sm" className={classes.what}>
        {count === 1 ? one[what] : `${count.toLocaleString()} ${what}`} erased <RelativeTime at={erasedAt} />
      </Text>
      <Group gap="xs" wrap="nowrap">
        {certificate === null ? (
          <Text size="sm" c="dimmed">
            The key is destroyed as soon as the server is reached
          </Text>
        ) : (
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => downloadText(`erasure-${erasureId}.json`, 'application/json', certificate)}
          >
            Certificate
          </Button>
        )}
      </Group>
    </li>
  )
}

const one = { memories: '1 memory', conversations: '1 conversation', personas: '1 persona' } as const
