import { MantineProvider } from '@mantine/core'
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import type { ComponentProps } from 'react'
import { afterEach, expect, test, vi } from 'vitest'
import { SnapshotView } from '#web/features/snapshots/snapshot-view.tsx'

afterEach(cleanup)

const snapshot = { seq: 21_000, bytes: 3_200_000, madeAt: new Date('2026-03-01T10:00:00Z') }

const show = (more: Partial<ComponentProps<typeof SnapshotView>>) => {
  const onMake = vi.fn<() => void>()
  const props = { events: 25_000, snapshot: null, isClosed: false, making: undefined, onMake, ...more }
  const { container, unmount } = render(
    <MantineProvider>
      <SnapshotView {...props} />
    </MantineProvider>,
  )
  return { text: container.textContent, onMake, unmount }
}

test('[EP13] the owner sees what a new device has to read, makes a snapshot, sees how far it is, and stops it', async () => {
  const none = show({})
  expect(none.text).toMatch('A new device reads all 25,000 events of this log. That takes a while.')
  fireEvent.click(screen.getByRole('button', { name: 'Make a snapshot' }))
  expect(none.onMake).toHaveBeenCalledOnce()
  none.unmount()

  const one = show({ snapshot })
  expect(one.text).toMatch(
    /takes the snapshot of the first 21,000 events \(3\.2 MB, made .*\) and reads the 4,000 events after/,
  )
  expect(one.text).not.toMatch('takes a while')
  one.unmount()

  const closed = show({ snapshot, isClosed: true })
  expect(closed.text).toMatch(/erased, and closed the last snapshot with it\. A new device reads all 25,000 events/)
  expect(screen.getByRole('button', { name: 'Make a new snapshot' })).toBeTruthy()
  closed.unmount()

  const stop = vi.fn<() => void>()
  const reading = show({ making: { progress: { step: 'read', done: 5000, of: 25_000 }, stop } })
  expect(await screen.findByRole('progressbar', { name: 'Reading and verifying the log' })).toBeTruthy()
  expect(screen.getByText('5,000 of 25,000 events')).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Cancel' }))
  expect(stop).toHaveBeenCalledOnce()
  reading.unmount()
  show({ making: { progress: { step: 'sent', done: 1_000_000, of: 3_200_000 }, stop } })
  expect(await screen.findByText('1 MB of 3.2 MB')).toBeTruthy()
})
