import { useMemo } from 'react'
import type { Provenance } from '#schema/stores/provenance.ts'
import { imports$ } from '#schema/workspace/queries.ts'
import { useWorkspaceStore } from '#web/livestore/store-views.tsx'

type Named = Pick<Provenance['sources'][number], 'kind' | 'id'> & { readonly title?: string | null }

/** What to call a source. Files are known by the workspace that brought them in. */
export const useSourceNames = (): ((source: Named) => string) => {
  const imports = useWorkspaceStore().useQuery(imports$)
  return useMemo(() => {
    const files = new Map(imports.map(({ importId, fileName }) => [importId, fileName]))
    return ({ kind, id, title }) => {
      if (kind === 'hand') return 'Added by hand'
      if (kind === 'import') return files.get(id) ?? 'A file that was brought in'
      return title || 'A conversation without a title'
    }
  }, [imports])
}
