import { Tooltip } from '@mantine/core'
import { type RefObject, useEffect, useState } from 'react'

/** One tooltip for all that carries `data-tip` in a box: hundreds of them, of which a person sees one, cost every frame of a scroll. */
export const Tips = ({ within }: { readonly within: RefObject<HTMLElement | null> }) => {
  const [tip, setTip] = useState<Tip>()
  useEffect(() => {
    const box = within.current
    if (box === null) return
    let timer: ReturnType<typeof setTimeout> | undefined
    let pointed: HTMLElement | null = null
    const point = (target: HTMLElement | null) => {
      if (target === pointed) return
      pointed = target
      labelChanged.disconnect()
      clearTimeout(timer)
      setTip(undefined)
      if (target === null) return
      labelChanged.observe(target, { attributeFilter: ['data-tip'] })
      timer = setTimeout(() => show(target), 300)
    }
    const show = (target: HTMLElement) => setTip({ target, label: target.dataset.tip ?? '' })
    const labelChanged = new MutationObserver(() => {
      if (pointed !== null) show(pointed)
    })
    const over = ({ target, pointerType }: PointerEvent) =>
      point(pointerType === 'mouse' && target instanceof Element ? target.closest<HTMLElement>('[data-tip]') : null)
    const away = () => point(null)
    box.addEventListener('pointerover', over)
    box.addEventListener('pointerleave', away)
    box.addEventListener('scroll', away, { passive: true })
    return () => {
      away()
      box.removeEventListener('pointerover', over)
      box.removeEventListener('pointerleave', away)
      box.removeEventListener('scroll', away)
    }
  }, [within])
  return tip === undefined ? null : <Tooltip opened target={tip.target} label={tip.label} />
}

interface Tip {
  readonly target: HTMLElement
  readonly label: string
}
