import { useLayoutEffect, useRef } from 'react'
import { tinykeys } from 'tinykeys'

type Handlers = Readonly<Record<string, (event: KeyboardEvent) => void>>

/**
 * Keys of a view, in tinykeys' notation (`g m`, `$mod+k`, `Control+1`). Plain keys are left alone while someone types,
 * while a dialog is open, and as the second of a sequence: `g c` goes to the chats and starts none. They answer as soon as
 * the view is seen.
 */
export const useKeys = (handlers: Handlers) => {
  const latest = useRef(handlers)
  useLayoutEffect(() => {
    latest.current = handlers
  })
  const keys = Object.keys(handlers).join('\n')
  useLayoutEffect(
    () =>
      tinykeys(
        window,
        Object.fromEntries(
          keys.split('\n').map((key) => [
            key,
            (event: KeyboardEvent) => {
              if (!isChord(key) && (isTyping(event, key) || isDialogOpen())) return
              if (!isChord(key) && !key.includes(' ') && isSecondOfSequence(event)) return
              latest.current[key]?.(event)
            },
          ]),
        ),
      ),
    [keys],
  )
}

const isChord = (key: string) => /\$mod|Control|Alt|Meta/.test(key)

const isTyping = (event: KeyboardEvent, key: string) => key !== 'Escape' && isTypingTarget(event.target)

export const isTypingTarget = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  target.matches('input, textarea, select, [contenteditable="true"], [contenteditable="true"] *')

const isDialogOpen = () => document.querySelector('[role="dialog"]') !== null

/** Every sequence starts with it. */
const prefix = 'g'

/** When the sequence began that the present key may be the second of. */
let begunAt = Number.NEGATIVE_INFINITY
let beginsAt = Number.NEGATIVE_INFINITY

const isSecondOfSequence = ({ timeStamp }: KeyboardEvent) => timeStamp - begunAt < 1000

// Registered before any view's keys, so that they see what the key before was.
window.addEventListener('keydown', ({ key, timeStamp, target, ctrlKey, metaKey, altKey }) => {
  begunAt = beginsAt
  const begins = key === prefix && !ctrlKey && !metaKey && !altKey && !isTypingTarget(target)
  beginsAt = begins ? timeStamp : Number.NEGATIVE_INFINITY
})
