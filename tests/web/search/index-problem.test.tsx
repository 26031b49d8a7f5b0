import { MantineProvider } from '@mantine/core'
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { IndexProblem } from '#web/features/search/index-problem.tsx'

afterEach(cleanup)

test('[SP15] what was left aside, and what keeps search from being whole, is said in words; a broken index is made anew by a button', async () => {
  let done = () => {}
  let rebuilds = 0
  const onRebuild = () => {
    rebuilds++
    return new Promise<void>((resolve) => {
      done = resolve
    })
  }
  const problem = (reason: string | null) => (
    <MantineProvider env="test">
      <IndexProblem reason={reason} onRebuild={onRebuild} />
    </MantineProvider>
  )
  const { rerender } = render(problem('The index could not be read. What it was made of is safe.'))
  expect(screen.getByRole('alert').textContent).toContain('The index could not be read.')
  const button = screen.getByRole('button', { name: 'Make the index anew' })
  fireEvent.click(button)
  fireEvent.click(button) // under way, it takes no other
  expect(rebuilds).toBe(1)
  done()
  await waitFor(() => expect(button.hasAttribute('data-loading')).toBe(false))
  rerender(problem(null))
  expect(screen.queryByRole('alert')).toBeNull()
})
