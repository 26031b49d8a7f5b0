import { useCallback, useEffect, useRef, useState } from 'react'
import { useWorkspaceStore } from '#web/livestore/store-views.tsx'
import type { WorkspaceStore } from '#web/livestore/stores.ts'
import { type Audit, auditFor, whyOver } from '#web/services/audit/audits.ts'
import { runAudit } from '#web/services/audit/run-audit.ts'
import type { VerifiedAudit } from '#web/services/audit/verify-audit.ts'

/** How far an audit is: looked up, verified page by page, and at its end, or why not. */
export type AuditState =
  | { readonly step: 'opening' }
  | { readonly step: 'refused'; readonly why: Error }
  | { readonly step: 'verifying'; readonly audit: Audit; readonly done: number; readonly of: number }
  | { readonly step: 'stopped'; readonly audit: Audit; readonly why: Error | undefined }
  | { readonly step: 'verified'; readonly audit: Audit; readonly verified: VerifiedAudit; readonly at: Date }

export const useAudit = (personaId: string) => {
  const workspace = useWorkspaceStore()
  const [state, setState] = useState<AuditState>({ step: 'opening' })
  const running = useRef<AbortController>(undefined)

  const start = useCallback(() => {
    running.current?.abort()
    const stopping = new AbortController()
    running.current = stopping
    const tell = (next: AuditState) => {
      if (running.current === stopping) setState(next)
    }
    void follow(workspace, personaId, tell, stopping.signal).catch((error: unknown) =>
      tell({ step: 'refused', why: error instanceof Error ? error : new Error(String(error)) }),
    )
  }, [workspace, personaId])

  useEffect(() => {
    start()
    return () => {
      running.current?.abort()
      running.current = undefined
    }
  }, [start])

  return { state, again: start, stop: () => running.current?.abort() }
}

const follow = async (
  workspace: WorkspaceStore,
  personaId: string,
  tell: (state: AuditState) => void,
  signal: AbortSignal,
) => {
  tell({ step: 'opening' })
  const audit = await auditFor(workspace, personaId)
  if (audit instanceof Error) return tell({ step: 'refused', why: audit })
  tell({ step: 'verifying', audit, done: 0, of: 0 })
  const verified = await runAudit(audit, (done, of) => tell({ step: 'verifying', audit, done, of }), signal)
  if (verified instanceof Error) return tell({ step: 'stopped', audit, why: signal.aborted ? undefined : verified })
  tell({ step: 'verified', audit, verified, at: new Date() })
}

/** Why an audit holds no more, as soon as that is known: asked when it is due to end, twice a minute, and on coming back to the page. */
export const useEnd = (audit: Audit): Error | undefined => {
  const workspace = useWorkspaceStore()
  const [why, setWhy] = useState<Error>()
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'visible') void whyOver(workspace, audit).then(setWhy, () => undefined)
    }
    const untilEnd = audit.expiresAt === null ? undefined : audit.expiresAt.getTime() - Date.now()
    const atEnd = untilEnd === undefined || untilEnd > longestTimer ? undefined : setTimeout(look, untilEnd + 500)
    const timer = setInterval(look, 30_000)
    document.addEventListener('visibilitychange', look)
    return () => {
      clearTimeout(atEnd)
      clearInterval(timer)
      document.removeEventListener('visibilitychange', look)
    }
  }, [workspace, audit])
  return why
}

/** Browsers count no further. */
const longestTimer = 2 ** 31 - 1000
