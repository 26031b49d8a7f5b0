import { lazy, Suspense } from 'react'
import { AlsoHere } from '#web/features/presence/also-here.tsx'
import { useHasTray } from '#web/services/tasks/tray.ts'

const TaskTray = lazy(() => import('#web/features/tasks/task-tray.tsx').then((m) => ({ default: m.TaskTray })))

/** What stands in the header once there is a persona: who else is here, and what is being answered. */
export const ShellFloating = ({ inPersona }: { readonly inPersona: boolean }) => {
  const hasTray = useHasTray()
  return (
    <>
      {inPersona && <AlsoHere />}
      <Suspense fallback={null}>{hasTray && <TaskTray />}</Suspense>
    </>
  )
}
