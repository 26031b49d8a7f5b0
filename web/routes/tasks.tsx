import { TaskLog } from '#web/features/tasks/task-log.tsx'

export default function Tasks() {
  return <TaskLog />
}
