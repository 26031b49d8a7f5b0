import { LogRoom } from '#web/features/log/log-room.tsx'
import { usePersonaId } from '#web/livestore/store-views.tsx'

export default function Log() {
  return <LogRoom key={usePersonaId()} />
}
