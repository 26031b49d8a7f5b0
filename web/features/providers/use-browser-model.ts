import { useEffect, useState } from 'react'
import { promptApi } from '#web/services/models/browser-model.ts'

export const useBrowserModel = (): boolean => {
  const [isThere, setThere] = useState(false)
  useEffect(() => {
    void promptApi()
      ?.availability()
      .then((availability) => setThere(availability !== 'unavailable'))
  }, [])
  return isThere
}
