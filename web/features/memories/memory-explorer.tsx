import { Button, Group } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { Link } from '@tanstack/react-router'
import { createElement, type ReactNode, Suspense, useCallback, useEffect, useMemo, useState } from 'react'
import { memoryTotals$ } from '#schema/memories/list-queries.ts'
import { usePersonaId, usePersonaStore } from '#web/livestore/store-views.tsx'
import { useMayWrite } from '#web/livestore/use-right.ts'
import { afterPaint } from '#web/ui/after-paint.ts'
import { EmptyState } from '#web/ui/empty-state.tsx'
import { LateSkeleton } from '#web/ui/late-skeleton.tsx'
import { lazyAsked } from '#web/ui/lazy-part.ts'
import { Split } from '#web/ui/split.tsx'
import { useKeys } from '#web/ui/use-keys.ts'
import { forgetWithUndo } from './bulk-acts.ts'
import { BulkBar } from './bulk-bar.tsx'
import { ExplorerHeader } from './explorer-header.tsx'
import { explorerViewOf } from './explorer-views.ts'
import { noFilters } from './filter-bar.tsx'
import { type Cursor, placeOf } from './list-place.ts'
import { MemoryDetail } from './memory-detail.tsx'
import classes from './memory-explorer.module.css'
import { focusMemoryList, MemoryList } from './memory-list.tsx'
import { filterOfSearch, isNarrowed, newMemory, orderOfSearch } from './memory-search.ts'
import { NewMemory } from './new-memory.tsx'
import { allSelected, keptIn, nothingSelected } from './selection.ts'
import { startOfToday } from './start-of-today.ts'
import { useMemoryOrder } from './use-memory-order.ts'
import { useMemorySearch } from './use-memory-search.ts'

const ReviewDialog = lazyAsked(() => import('./review-dialog.tsx').then((m) => m.ReviewDialog))

/** `notice` stands above the list. */
export const MemoryExplorer = ({ notice }: { readonly notice: ReactNode }) => {
  const store = usePersonaStore()
  const personaId = usePersonaId()
  const { openId: addressId, history, review, narrowing, change } = useMemorySearch()
  const mayWrite = useMayWrite()
  const today = startOfToday()
  const filter = useMemo(() => filterOfSearch(narrowing, today), [narrowing, today])
  const order = orderOfSearch(narrowing)
  const ids = useMemoryOrder(filter, order)
  const [selected, setSelected] = useState(nothingSelected)
  const selection = useMemo(() => keptIn(selected, ids), [selected, ids])
  const [cursor, setCursor] = useState<Cursor | null>(null)
  const isBin = narrowing.show === 'forgotten'
  const isPhone = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false })
  const View = explorerViewOf(narrowing)

  const [addedId, setAddedId] = useState<string>()
  if (addedId !== undefined && addressId !== newMemory) setAddedId(undefined)
  const openId = addressId === newMemory ? (addedId ?? newMemory) : addressId
  const isOpen = openId !== undefined
  const open = useCallback(
    (memoryId: string) => change({ memory: memoryId, history: undefined }, { replace: isOpen }),
    [change, isOpen],
  )
  // What was added is shown at once; the address, which costs a layout and renders of its own, follows the frame.
  useEffect(() => (addedId === undefined ? undefined : afterPaint(() => open(addedId))), [addedId, open])
  const close = useCallback(() => {
    change({ memory: undefined, history: undefined })
    requestAnimationFrame(() => {
      // Who is at the filter already stays there.
      if (document.activeElement?.matches('input[type=search]') !== true) focusMemoryList()
    })
  }, [change])
  const forget = () => {
    const active = ids[placeOf(ids, cursor)] ?? openId
    const chosen = selection.ids.size > 0 ? [...selection.ids] : active === undefined ? [] : [active]
    setSelected(nothingSelected)
    if (!isBin && mayWrite) void forgetWithUndo(store, personaId, chosen)
  }
  useKeys({
    m: (event) => {
      if (!mayWrite) return
      event.preventDefault()
      change({ memory: newMemory }, { replace: openId !== undefined })
    },
    x: forget,
    Escape: () => {
      if (review !== undefined) return // the dialog closes itself
      if (selection.ids.size > 0) setSelected(nothingSelected)
      else if (history !== undefined) change({ history: undefined })
      else if (openId !== undefined) close()
    },
  })

  return (
    <>
      <Split
        detailLabel="Memory"
        detailWidth={420}
        list={
          <div className={classes.pane}>
            {notice}
            <ExplorerHeader search={narrowing} found={ids.length} onChange={change} />
            {ids.length === 0 ? (
              <NoMemories
                isNarrowed={isNarrowed(narrowing)}
                isBin={isBin}
                onClear={() => change(noFilters)}
                onAdd={() => change({ memory: newMemory }, { replace: false })}
              />
            ) : View !== null ? (
              <Suspense fallback={<LateSkeleton />}>
                {createElement(View, { ids, openId, narrowing, onChange: change, onOpen: open })}
              </Suspense>
            ) : (
              <MemoryList
                key={JSON.stringify([filter, order])}
                ids={ids}
                openId={openId}
                shownTime={order.sort === 'occurredAt' ? 'occurredAt' : 'addedAt'}
                selection={selection}
                cursor={cursor}
                onSelect={setSelected}
                onCursor={setCursor}
                onOpen={open}
              />
            )}
            {selection.ids.size > 0 && mayWrite && (
              <BulkBar
                ids={[...selection.ids]}
                found={ids.length}
                isBin={isBin}
                onSelectAll={() => setSelected(allSelected(ids))}
                onClear={() => {
                  setSelected(nothingSelected)
                  focusMemoryList()
                }}
              />
            )}
          </div>
        }
        detail={
          // On a phone one of them has room: the view tells the way of the open memory by itself.
          openId === undefined ||
          (isPhone && narrowing.view === 'provenance' && openId !== newMemory) ? null : openId === newMemory &&
            mayWrite ? (
            <NewMemory onAdded={setAddedId} onClose={close} />
          ) : (
            <MemoryDetail key={openId} memoryId={openId} onOpen={open} onClose={close} />
          )
        }
      />
      {review !== undefined && mayWrite && (
        <Suspense fallback={null}>
          <ReviewDialog
            shown={review}
            onShow={(shown) => change({ review: shown })}
            onOpen={(memory) => change({ review: undefined, memory, history: undefined }, { replace: false })}
            onClose={() => change({ review: undefined })}
          />
        </Suspense>
      )}
    </>
  )
}

interface NoMemoriesProps {
  readonly isNarrowed: boolean
  readonly isBin: boolean
  readonly onClear: () => void
  readonly onAdd: () => void
}

const NoMemories = ({ isNarrowed, isBin, onClear, onAdd }: NoMemoriesProps) => {
  const { remembered } = usePersonaStore().useQuery(memoryTotals$)
  const mayWrite = useMayWrite()
  if (isNarrowed && (isBin || remembered > 0))
    return (
      <EmptyState
        title="Nothing matches"
        text="No memory has all of what you filter by."
        action={
          <Button variant="default" onClick={onClear}>
            Clear filters
          </Button>
        }
      />
    )
  if (isBin)
    return <EmptyState title="Nothing is forgotten" text="What you forget comes here, and can be restored from here." />
  return (
    <EmptyState
      title="No memories yet"
      text="A memory is one thing this persona knows: a fact, a preference, an event. Answers quote them and say so."
      action={
        mayWrite && (
          <Group>
            <Button onClick={onAdd}>Add a memory</Button>
            <Button variant="default" component={Link} to="/import">
              Import
            </Button>
          </Group>
        )
      }
    />
  )
}
