import { readFile } from 'node:fs/promises'
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { extname, join } from 'node:path'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
}

const passOn = (request: IncomingMessage, response: ServerResponse, target: string) => {
  const { hostname, port, host, origin } = new URL(target)
  const { url: path, method } = request
  const headers = { ...request.headers, host, origin }
  const upstream = httpRequest({ hostname, port, path, method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(response)
  })
  upstream.on('error', () => response.destroy())
  request.pipe(upstream)
}

/** Serves the engine's page from a folder, and passes `/sync` and `/api` on to whatever server `target` names at that moment. */
export const startEngineServer = async (folder: string, target: () => Promise<string>) => {
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://page').pathname
    if (path.startsWith('/api/')) return passOn(request, response, await target())
    try {
      const file = await readFile(join(folder, path === '/' ? 'index.html' : path))
      response
        .writeHead(200, { 'Content-Type': types[extname(path === '/' ? '.html' : path)] ?? 'text/html' })
        .end(file)
    } catch {
      response.writeHead(404).end()
    }
  })
  server.on('upgrade', async (request, socket, head) => {
    const { hostname, port, host, origin } = new URL(await target())
    const upstream = connect(Number(port), hostname, () => {
      const headers = { ...request.headers, host, origin }
      const lines = Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}`)
      upstream.write(`GET ${request.url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`)
      upstream.write(head)
      upstream.pipe(socket).pipe(upstream)
    })
    const end = () => {
      socket.destroy()
      upstream.destroy()
    }
    for (const side of [socket, upstream]) side.on('error', end).on('close', end)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    stop: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
