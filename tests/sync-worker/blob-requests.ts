import type { Person } from './people.ts'

export const putBlob = async ({ url, cookie }: Person, path: string, bytes: Buffer) => {
  const response = await fetch(url + path, {
    method: 'PUT',
    headers: { Origin: url, Cookie: cookie },
    body: new Uint8Array(bytes),
  })
  const body = (await response.json()) as { readonly error?: { readonly code: string } } // as every answer of the API
  return { status: response.status, code: body.error?.code, body }
}

export const getBlob = ({ url, cookie }: Person, path: string): Promise<Response> =>
  fetch(url + path, { headers: { Cookie: cookie } })
