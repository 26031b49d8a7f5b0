import { MantineProvider } from '@mantine/core'
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { NoRoom, noteNoRoom, takeNoRoom } from '#web/livestore/hydration/no-room.ts'
import { StoreFailedView } from '#web/livestore/store-failed-view.tsx'

afterEach(cleanup)

test('[HY25] where there is no room to open a store, it is said how much it takes, what is safe, and to try again', () => {
  const [onRetry, never] = [vi.fn<() => void>(), vi.fn<() => void>()]
  const show = (error: Error) =>
    render(
      <MantineProvider>
        <StoreFailedView
          error={error}
          isBusy={false}
          onRetry={onRetry}
          onBringToServer={never}
          onRebuild={never}
          onFetchAgain={never}
        />
      </MantineProvider>,
    )
  const { unmount } = show(new NoRoom({ bytes: 14_200_000 }))
  const { textContent } = screen.getByRole('alert')
  expect(textContent).toContain('There is no room left on this device to open it: it takes 15 MB.')
  expect(textContent).toContain('Nothing is lost: its log is with the server')
  expect(textContent).toContain('Free some space on this device, then try again.')
  expect(screen.getAllByRole('button').map((button) => button.textContent)).toEqual(['Try again'])
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }))
  expect(onRetry).toHaveBeenCalledOnce()
  unmount()
  show(new Error('Something else.'))
  expect(screen.getAllByRole('button')).toHaveLength(3)
  expect(never).not.toHaveBeenCalled()
})

test('[HY24] that a store has no room here is told to who opens it next, once', () => {
  noteNoRoom('persona_ada', 1000)
  expect(takeNoRoom('persona_boris')).toBeUndefined()
  expect(takeNoRoom('persona_ada')).toBeInstanceOf(NoRoom)
  expect(takeNoRoom('persona_ada')).toBeUndefined()
})
