/** Every way a request can be wrong: the code a program reads, the status, and the sentence a person reads. */
const refusals = {
  ForeignOrigin: [403, 'This address answers only pages it served itself.'],
  FrameTooLarge: [413, 'A message to the sync side holds at most 1 000 000 bytes.'],
  ForeignStore: [403, 'The message names another store than the one its address names.'],
  IllegalPosition: [400, 'A position in a table of keys is a whole number, 0 or more.'],
  IllegalStoreId: [
    400,
    'The storeId must be “workspace_” or “persona_” followed by 1–40 lowercase letters and digits.',
  ],
  KeysTooLarge: [413, 'A request holds at most 200 keys in 50 000 bytes.'],
  LengthRequired: [411, 'A request with a body must say how long it is.'],
  MalformedFrame: [400, 'The message is not one this sync side understands.'],
  MalformedKeys: [400, 'The keys must be 1–200 of { keyId, wrapped }.'],
  MethodNotAllowed: [405, 'This address does not answer that method.'],
  MissingStoreId: [400, 'The address lacks its storeId.'],
  NotFound: [404, 'There is nothing at this address.'],
  SyncFailed: [500, 'The sync side could not answer this request.'],
  UnknownTransport: [400, 'The transport must be “ws” or “http”.'],
  UpgradeRequired: [426, 'The transport “ws” needs a WebSocket upgrade.'],
} as const satisfies Record<string, readonly [status: number, message: string]>

export type RefusalCode = keyof typeof refusals

/** `{ "error": { "code", "message" } }` */
export const refuse = (code: RefusalCode, headers?: Record<string, string>): Response => {
  const [status, message] = refusals[code]
  return Response.json({ error: { code, message } }, { status, headers: { 'Cache-Control': 'no-store', ...headers } })
}
