import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'

/**
 * Keeps a scrolled box at its end while it is at its end, whatever grows in it. Only a person leaves the end: a
 * scroll counts as theirs shortly after they touched wheel, keys or pointer.
 */
export const useStickToEnd = (scrollRef: RefObject<HTMLElement | null>, count: number) => {
  const [atEnd, setAtEnd] = useState(true)
  const sticking = useRef(true)
  const touchedAt = useRef(0)

  const stick = useCallback(() => {
    const box = scrollRef.current
    if (box === null || !sticking.current) return
    box.scrollTop = box.scrollHeight
    box.dataset.settled = 'true'
  }, [scrollRef])

  // biome-ignore lint/correctness/useExhaustiveDependencies: a message more or less moves the end
  useLayoutEffect(stick, [stick, count])

  useEffect(() => {
    const box = scrollRef.current
    if (box === null) return
    const touched = () => {
      touchedAt.current = performance.now()
      box.dataset.settled = 'true'
    }
    const observer = new ResizeObserver(stick)
    observer.observe(box)
    for (const child of box.children) observer.observe(child)
    const childrenChanged = new MutationObserver(() => {
      for (const child of box.children) observer.observe(child)
      stick()
    })
    childrenChanged.observe(box, { childList: true })
    for (const event of touches) box.addEventListener(event, touched, { passive: true })
    return () => {
      observer.disconnect()
      childrenChanged.disconnect()
      for (const event of touches) box.removeEventListener(event, touched)
    }
  }, [scrollRef, stick])

  const onScroll = () => {
    const box = scrollRef.current
    if (box === null) return
    const near = box.scrollHeight - box.scrollTop - box.clientHeight < 48
    if (near) sticking.current = true
    else if (performance.now() - touchedAt.current < 1000) sticking.current = false
    setAtEnd(sticking.current)
  }

  const toEnd = useCallback(() => {
    sticking.current = true
    setAtEnd(true)
    stick()
  }, [stick])

  /** A link leads elsewhere. */
  const leaveEnd = useCallback(() => {
    sticking.current = false
    setAtEnd(false)
  }, [])

  return { atEnd, toEnd, leaveEnd, onScroll }
}

const touches = ['wheel', 'touchmove', 'keydown', 'pointerdown'] as const
