import { Button, Group, Modal, Progress, Select, Stack, Text } from '@mantine/core'
import { type ReactNode, useRef, useState } from 'react'
import { directory$ } from '#schema/workspace/queries.ts'
import { mayWriteTo } from '#web/livestore/rights.ts'
import { usePersonaId, useWorkspaceStore } from '#web/livestore/store-views.tsx'
import { personaStoreId } from '#web/livestore/stores.ts'
import { showDone, showRefusal, showUndo } from '#web/ui/undo.tsx'
import type { Watch } from './watch.ts'

interface TransferDialogProps {
  readonly title: string
  readonly verb: 'Give' | 'Move'
  /** What goes along, and what stays. */
  readonly children: ReactNode
  /** Returns why not, or how to take it back. */
  readonly onTransfer: (toPersonaId: string, watch: Watch) => Promise<Error | (() => Promise<Error | undefined>)>
  /** What was done, for a toast. */
  readonly doneFor: (name: string) => string
  readonly onDone?: () => void
  readonly onClose: () => void
}

/** To which persona something goes. */
export const TransferDialog = ({
  title,
  verb,
  children,
  onTransfer,
  doneFor,
  onDone,
  onClose,
}: TransferDialogProps) => {
  const personaId = usePersonaId()
  const personas = useWorkspaceStore().useQuery(directory$({ show: 'active', sort: 'name' }))
  const others = personas.filter((one) => one.personaId !== personaId && mayWriteTo(personaStoreId(one.personaId)))
  const [toPersonaId, setToPersonaId] = useState<string | null>(null)
  const [progress, setProgress] = useState<{ readonly done: number; readonly all: number }>()
  const [isBusy, setBusy] = useState(false)
  const stop = useRef(new AbortController())
  const to = others.find((persona) => persona.personaId === toPersonaId)

  const transfer = async () => {
    if (to === undefined) return
    stop.current = new AbortController()
    const { signal } = stop.current
    setBusy(true)
    const onProgress = (done: number, all: number) => setProgress({ done, all })
    const takeBack = await onTransfer(to.personaId, { signal, onProgress }).catch(toError)
    setBusy(false)
    setProgress(undefined)
    if (takeBack instanceof Error) {
      if (signal.aborted) showDone(takeBack.message)
      else showRefusal(takeBack)
      return
    }
    showUndo(doneFor(to.name), () => void takeBack().catch(toError).then(showRefusal))
    onClose()
    onDone?.()
  }
  const cancel = () => (isBusy ? stop.current.abort() : onClose())

  return (
    <Modal opened onClose={cancel} closeButtonProps={{ 'aria-label': 'Close' }} title={title} centered>
      <Stack gap="md">
        {others.length === 0 ? (
          <Text size="sm">There is no other persona that you may write to. Make one first.</Text>
        ) : (
          <Select
            label="To whom"
            searchable
            data-autofocus
            disabled={isBusy}
            data={others.map((persona) => ({ value: persona.personaId, label: persona.name }))}
            value={toPersonaId}
            onChange={setToPersonaId}
          />
        )}
        {children}
        {progress !== undefined && (
          <Group gap="sm" wrap="nowrap">
            <Progress flex={1} value={(progress.done / Math.max(progress.all, 1)) * 100} aria-label={title} />
            <Text size="xs" c="dimmed" style={{ fontVariantNumeric: 'tabular-nums' }}>
              {`${number.format(progress.done)} of ${number.format(progress.all)}`}
            </Text>
          </Group>
        )}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={cancel}>
            Cancel
          </Button>
          <Button disabled={to === undefined} loading={isBusy} onClick={() => void transfer()}>
            {to === undefined ? verb : `${verb} to ${to.name}`}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

const number = new Intl.NumberFormat()

const toError = (error: unknown) => (error instanceof Error ? error : new Error(String(error)))
