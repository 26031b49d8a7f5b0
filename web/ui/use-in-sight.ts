import { type RefObject, useEffect, useState } from 'react'

/** Whether an element is on screen, or nearly so. */
export const useInSight = (ref: RefObject<Element | null>): boolean => {
  const [isInSight, setInSight] = useState(false)
  useEffect(() => {
    const element = ref.current
    if (element === null) return
    const observer = new IntersectionObserver(([entry]) => setInSight(entry?.isIntersecting === true), {
      rootMargin: '100px',
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [ref])
  return isInSight
}
