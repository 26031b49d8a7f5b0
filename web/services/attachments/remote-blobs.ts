import { FileFailure } from './file-failure.ts'

export type RemoteBlobs = ReturnType<typeof makeRemoteBlobs>

/** The sealed bytes beside a store's log on a server: `/api/stores/<store id>/blobs/<key id>/<blob id>`. */
export const makeRemoteBlobs = (server: string, storeId: string, headers: Readonly<Record<string, string>> = {}) => {
  const call = async (method: string, keyId: string, blobId: string, init: RequestInit = {}): Promise<Response> => {
    const address = `${server}/api/stores/${storeId}/blobs/${keyId}/${blobId}`
    const response = await fetch(address, { method, headers, ...init }).catch((error: unknown) => {
      if (error instanceof DOMException && error.name === 'AbortError') throw error
      throw new FileFailure({ code: 'offline' })
    })
    if (response.ok || response.status === 404 || response.status === 409) return response
    throw new FileFailure({ code: codeOf(response.status) })
  }
  return {
    has: async (keyId: string, blobId: string, signal?: AbortSignal): Promise<boolean> =>
      (await call('HEAD', keyId, blobId, { signal: signal ?? null })).ok,
    /** One that stands there already was put by a holder of the key: its name says of which bytes. */
    put: async (keyId: string, blobId: string, bytes: Uint8Array<ArrayBuffer>, signal?: AbortSignal): Promise<void> => {
      await call('PUT', keyId, blobId, { body: bytes, signal: signal ?? null })
    },
    /** Undefined when it is not there. */
    get: async (keyId: string, blobId: string, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer> | undefined> => {
      const response = await call('GET', keyId, blobId, { signal: signal ?? null })
      if (!response.ok) return undefined
      const bytes = await response.arrayBuffer().catch((error: unknown) => {
        if (error instanceof DOMException && error.name === 'AbortError') throw error
        throw new FileFailure({ code: 'offline' })
      })
      return new Uint8Array(bytes)
    },
    remove: async (keyId: string, blobId: string): Promise<void> => {
      await call('DELETE', keyId, blobId)
    },
  }
}

const codeOf = (status: number) => {
  if (status === 410) return 'erased'
  if (status === 413 || status === 507) return 'full'
  return status >= 500 || status === 429 ? 'server' : 'refused'
}
