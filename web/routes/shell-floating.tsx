import { Suspense } from 'react'
import { AlsoHere } from '#web/features/presence/also-here.tsx'
import { useHasTray } from '#web/services/tasks/tray.ts'
import { lazyExtra } from '#web/ui/lazy-part.ts'

const TaskTray = lazyExtra(() => import('#web/features/tasks/task-tray.tsx').then((m) => m.TaskTray))
// Nobody waits for it: what opens the room comes first.
const AlertBadge = lazyExtra(async () => {
  await new Promise((resume) => setTimeout(resume, 5000))
  return import('#web/features/shards/alert-badge.tsx').then((m) => m.AlertBadge)
})

/** What stands in the header once there is a persona: who else is here, what is being answered, and what is wrong on the server. */
export const ShellFloating = ({ inPersona }: { readonly inPersona: boolean }) => {
  const hasTray = useHasTray()
  return (
    <>
      {inPersona && <AlsoHere />}
      <Suspense fallback={null}>{hasTray && <TaskTray />}</Suspense>
      <Suspense fallback={null}>
        <AlertBadge />
      </Suspense>
    </>
  )
}
