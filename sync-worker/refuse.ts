/** Every way a request can be wrong: the code a program reads, the status, and the sentence a person reads. */
const refusals = {
  BlobExists: [409, 'Something else stands under this id already.'],
  BlobNotFound: [404, 'There is no such blob in this store.'],
  BlobTooLarge: [413, 'A blob holds at most 5 000 000 bytes.'],
  BodyTooLarge: [413, 'The body is larger than this address takes.'],
  DeviceNotFound: [404, 'This account has no such device.'],
  ForeignOrigin: [403, 'This address answers only pages it served itself.'],
  FrameTooLarge: [413, 'A message to the sync side holds at most 1 000 000 bytes.'],
  ForeignStore: [403, 'The message names another store than the one its address names.'],
  IllegalBlobId: [400, 'The ids of a blob and of its key are 22 letters, digits, - and _.'],
  IllegalStoreId: [
    400,
    'The storeId must be “workspace_” or “persona_” followed by 1–40 lowercase letters and digits.',
  ],
  KeyDestroyed: [410, 'The key that this was sealed with is destroyed.'],
  LengthRequired: [411, 'A request with a body must say how long it is.'],
  MalformedBody: [400, 'The body is not what this address takes.'],
  MalformedFrame: [400, 'The message is not one this sync side understands.'],
  MalformedLogPage: [400, 'A page of a log has 1 to 1000 entries, after an event.'],
  MalformedPage: [400, 'A page has 1 to 500 entries before a number.'],
  MayNotAudit: [403, 'The access log is for the owner and auditors of this store.'],
  MayNotErase: [403, 'Only the owner of this store may erase.'],
  MayNotWrite: [403, 'This account may read this store, not write to it.'],
  MayNotShare: [403, 'This account may not share that of this store.'],
  MethodNotAllowed: [405, 'This address does not answer that method.'],
  MissingStoreId: [400, 'The address lacks its storeId.'],
  NotFound: [404, 'There is nothing at this address.'],
  NoRight: [403, 'This account has no right to this store, or no longer.'],
  NotSignedIn: [401, 'This device is not signed in.'],
  OnlyEditorsShare: [400, 'Only an editor can be given the right to share.'],
  PairingExpired: [410, 'The time to use this code is over.'],
  PairingNotFound: [404, 'There is no such code.'],
  PairingUsed: [410, 'This code was used already.'],
  PasskeyNotFound: [404, 'This account has no such passkey.'],
  RecipientNotFound: [404, 'This account has nothing by that name to hand keys to.'],
  ProviderAway: [502, 'The provider does not answer.'],
  ProviderNotAllowed: [
    403,
    'This server calls well-known providers only. Whoever runs it can name more in its variable PROXY_HOSTS.',
  ],
  ProviderRedirects: [502, 'The provider sends elsewhere, and nobody said that this is where to go.'],
  RecoveryNotFound: [404, 'There is nothing to recover with this key.'],
  RightsChanged: [403, 'The rights to this store changed just now.'],
  SecretChanged: [409, 'Another device changed the keys just now.'],
  ShareExpired: [410, 'This share has expired.'],
  ShareForAnother: [403, 'This share is for another account.'],
  ShareNotFound: [404, 'There is no such share.'],
  ShareRevoked: [410, 'This share was revoked.'],
  ShareUsedUp: [410, 'This share was opened as often as it can be.'],
  StoreErased: [410, 'This was erased by its owner.'],
  StoresRemain: [409, 'This account still owns stores that are not erased.'],
  SyncFailed: [500, 'The sync side could not answer this request.'],
  TooManyCalls: [429, 'This device calls providers more often than this server passes on. Wait ten seconds.'],
  TooManyMessages: [429, 'This device sends more messages than the sync side takes.'],
  TooManyPages: [429, 'This device reads the log faster than this server gives it. Wait ten seconds.'],
  TooManyPresent: [429, 'More devices have this open than can tell each other of it.'],
  UnknownTransport: [400, 'The transport must be “ws” or “http”.'],
  UpgradeRequired: [426, 'The transport “ws” needs a WebSocket upgrade.'],
} as const satisfies Record<string, readonly [status: number, message: string]>

export type RefusalCode = keyof typeof refusals

/** `{ "error": { "code", "message" } }` */
export const refuse = (code: RefusalCode, headers?: Record<string, string>): Response => {
  const [status, message] = refusals[code]
  return Response.json({ error: { code, message } }, { status, headers: { 'Cache-Control': 'no-store', ...headers } })
}
