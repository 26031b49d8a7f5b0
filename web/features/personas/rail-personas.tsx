import { Plus, Users } from 'lucide-react'
import { Suspense, useSyncExternalStore } from 'react'
import { directory$, directoryCounts$, directoryOf$ } from '#schema/workspace/queries.ts'
import { useWorkspaceStore } from '#web/livestore/store-views.tsx'
import { warmPersona } from '#web/livestore/stores.ts'
import { recentPersonaIds, subscribeToRecentPersonas } from '#web/services/recent-personas.ts'
import { HueAvatar } from '#web/ui/hue-avatar.tsx'
import { lazyExtra } from '#web/ui/lazy-part.ts'
import { RailItem } from '#web/ui/rail-item.tsx'
import classes from './rail-personas.module.css'
import { SharedIcon } from './shared-mark.tsx'

const LatestPicture = lazyExtra(() =>
  import('#web/services/attachments/latest-picture.tsx').then((m) => m.LatestPicture),
)

/** More than fit a rail: then it shows those this device used last, and all of them have a page. */
const railLimit = 24

/** The personas of the rail, by name, so that using one never moves it under the pointer. */
export const useRailPersonas = () => {
  const store = useWorkspaceStore()
  const recent = useSyncExternalStore(subscribeToRecentPersonas, recentPersonaIds)
  const { active: total } = store.useQuery(directoryCounts$)
  const personas = store.useQuery(
    total <= railLimit ? directory$({ show: 'active', sort: 'name' }, railLimit) : directoryOf$(recent),
  )
  return { personas, total }
}

interface RailPersonasProps {
  readonly activeId: string | undefined
  /** The room to stay in when switching. */
  readonly roomPath:
    | '/p/$personaId'
    | '/p/$personaId/chats'
    | '/p/$personaId/memories'
    | '/p/$personaId/files'
    | '/p/$personaId/log'
}

export const RailPersonas = ({ activeId, roomPath }: RailPersonasProps) => {
  const { personas, total } = useRailPersonas()
  return (
    <>
      {personas.map(({ personaId, name, hue, avatar, sharedRole, latestPictureId }, index) => (
        <RailItem
          key={personaId}
          to={roomPath}
          params={{ personaId }}
          onPointerEnter={() => void warmPersona(personaId)}
          onFocus={() => void warmPersona(personaId)}
          icon={<HueAvatar name={name} hue={hue} src={avatar} size={22} />}
          label={name}
          note={
            <>
              {latestPictureId !== null && (
                <span className={classes.picture}>
                  <Suspense fallback={null}>
                    <LatestPicture personaId={personaId} attachmentId={latestPictureId} />
                  </Suspense>
                </span>
              )}
              {sharedRole !== null && <SharedIcon personaId={personaId} role={sharedRole} />}
            </>
          }
          hint={index < 9 ? `Ctrl ${index + 1}` : undefined}
          active={personaId === activeId}
          hue={hue}
        />
      ))}
      {total > personas.length && (
        <RailItem
          to="/personas"
          icon={<Users size={16} aria-hidden />}
          label={`All ${total.toLocaleString()} personas`}
        />
      )}
      <RailItem
        to="/personas"
        search={{ new: 'persona' }}
        icon={<Plus size={16} aria-hidden />}
        label="New persona"
        hint="P"
      />
    </>
  )
}
