import { useCallback, useEffect, useRef, useState } from 'react'
import { useWorkspaceStore } from '#web/livestore/store-views.tsx'
import { noteVerification } from '#web/services/history/keep-history.ts'
import { type ShardReport, type VerifyProgress, verifyShard } from '#web/services/history/verify-shard.ts'
import { problemsIn } from './problems.ts'

/** Verifies a store as soon as it is asked for, and again when the person wants; what fails becomes an alert. */
export const useVerification = (storeId: string) => {
  const workspace = useWorkspaceStore()
  const [report, setReport] = useState<ShardReport>({})
  const [progress, setProgress] = useState<VerifyProgress | null>(null)
  const [state, setState] = useState<'running' | 'done' | 'stopped' | Error>('running')
  const running = useRef<AbortController>(undefined)

  const start = useCallback(async () => {
    running.current?.abort()
    const stopped = new AbortController()
    running.current = stopped
    const ifWanted =
      <A>(set: (value: A) => void) =>
      (value: A) =>
        stopped.signal.aborted ? undefined : set(value)
    setReport({})
    setProgress(null)
    setState('running')
    try {
      const listener = { onReport: ifWanted(setReport), onProgress: ifWanted(setProgress), signal: stopped.signal }
      await note(storeId, await verifyShard(workspace, storeId, listener))
      ifWanted(setState)('done')
    } catch (error) {
      if (!stopped.signal.aborted) setState(error instanceof Error ? error : new Error(String(error)))
    }
  }, [workspace, storeId])

  useEffect(() => {
    // oxlint-disable-next-line react/set-state-in-effect -- what is set comes with the work that begins here
    void start()
    return () => running.current?.abort()
  }, [start])

  const stop = () => {
    running.current?.abort()
    setState('stopped')
  }
  return { report, progress, state, again: () => void start(), stop }
}

const note = async (storeId: string, report: ShardReport) => {
  const problems = problemsIn(report)
  const isWhole = report.server !== undefined && !(report.server instanceof Error)
  if (problems.length === 0 && !isWhole) return // an alert of before stands until the server was looked at
  const sentences = problems.flatMap((problem) => problem.sentences).slice(0, 20)
  const isServers = problems.some(({ where }) => where === 'server')
  const about = isServers ? {} : ({ about: 'this device' } as const)
  await noteVerification(storeId, problems.length === 0 ? null : { at: new Date(), sentences, ...about })
}
