import type { Store } from '@livestore/livestore'
import type { withReactApi } from '@livestore/react'
import type { personaSchema } from '#schema/stores/persona-store.ts'
import type { workspaceSchema } from '#schema/stores/workspace-store.ts'

export type Reactive<S> = S & Pick<ReturnType<typeof withReactApi>, 'useQuery'>
export type PersonaStore = Reactive<Store<typeof personaSchema>>
export type WorkspaceStore = Reactive<Store<typeof workspaceSchema>>
export type EngineStore = PersonaStore | WorkspaceStore
