import { useEffect, useState } from 'react'

/** False for 300 ms, so that what is quick does not flicker; then true. */
export const useLate = (): boolean => {
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 300)
    return () => clearTimeout(timer)
  }, [])
  return late
}
